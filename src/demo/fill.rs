use super::{BRAND, COMMUNITY, WELCOME, deeds, inboxes, perform, sample::Sample, store};
use crate::{
    app::App,
    database::Database,
    jobs::Table,
    mail::Mailer,
    members,
    reputation::{helpers, leaders},
    settings,
};
use anyhow::{Context, Result};
use serde_json::json;
use std::sync::Arc;
use time::OffsetDateTime;

/// How filling ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled {
    /// The sample community stands; it did so already where nothing was done.
    Done {
        /// How many deeds were done now.
        deeds: usize,
    },
    /// A community of somebody else's is here; nothing was done.
    Inhabited,
}

/// Fills an empty community with the sample, or goes on where that was interrupted.
///
/// # Errors
/// A sample that does not fit the rules of the house; those of the database.
pub async fn fill(app: &App, table: &Table) -> Result<Filled> {
    let app = &hasty(app).await?;
    let outcome = fill_hastily(app, table).await;
    app.db.close().await;
    outcome
}

async fn fill_hastily(app: &App, table: &Table) -> Result<Filled> {
    let Some(progress) = begun(app).await? else { return Ok(Filled::Inhabited) };
    let start = OffsetDateTime::from_unix_timestamp(progress.began)?;
    let sample = Sample::read()?;
    let deeds = deeds::all(&sample, start)?;
    let done = usize::try_from(progress.done)?;
    if done > deeds.len() {
        return Ok(Filled::Done { deeds: 0 });
    }
    for (number, deed) in deeds.iter().enumerate().skip(done) {
        perform::perform(app, deed)
            .await
            .with_context(|| format!("deed {number} of the sample community"))?;
        inboxes::deliver(&app.at(deed.at), table).await?;
        store::keep_progress(&mut *app.db.acquire().await?, number as i64 + 1).await?;
    }
    inboxes::read(&app.at(start)).await?;
    // One more than there are deeds: the inboxes are read as well. Waited for on disk, and with it
    // all that went before.
    let mut tx = app.db.begin().await?;
    helpers::settle(&mut tx, app.now()).await?;
    leaders::settle(&mut tx, app.now()).await?;
    leaders::settle_long(&mut tx, app.now()).await?;
    store::wait_for_disk(&mut tx).await?;
    store::keep_progress(&mut tx, deeds.len() as i64 + 1).await?;
    tx.commit().await?;
    Ok(Filled::Done { deeds: deeds.len() - done })
}

/// The same App without mail, on connections that do not wait for the disk: what a power cut takes
/// away here is done again at the next start.
async fn hasty(app: &App) -> Result<App> {
    let options = app.db.options().options([("synchronous_commit", "off")]);
    Ok(App {
        db: Database::connect(options, 4).await?,
        mailer: Mailer::Memory(Arc::default()),
        ..app.clone()
    })
}

async fn begun(app: &App) -> Result<Option<store::Progress>> {
    let mut tx = app.db.begin().await?;
    if let Some(progress) = store::progress(&mut tx).await? {
        return Ok(Some(progress));
    }
    if members::count(&mut tx).await? > 0 {
        return Ok(None);
    }
    let began = app.now().unix_timestamp();
    for (name, value) in [("community", COMMUNITY), ("brand", BRAND), ("welcome", WELCOME)] {
        let entry = settings::entry(name).context("it is one of the settings")?;
        settings::set(&mut tx, entry, &json!(value)).await?;
    }
    store::begin(&mut tx, began).await?;
    tx.commit().await?;
    Ok(Some(store::Progress { began, done: 0 }))
}
