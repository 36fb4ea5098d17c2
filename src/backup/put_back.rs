use super::{
    DUMP, FILES, Manifest, Place, archive,
    make::{Workshop, difference},
    store,
};
use crate::database::{as_owner, migrate};
use anyhow::{Context, Result, bail};
use sqlx::{ConnectOptions, Connection};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What is not restored, in the order of [`Quieted`]'s fields: it would send mails again, and bring
/// sessions back that were ended since; what was on its way in is not in the backup.
const QUIETED: [&str; 4] = ["outbox_pending", "jobs", "sessions", "uploads"];

/// Rows that were left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quieted {
    /// Events whose listeners were not told.
    pub events: i64,
    /// Jobs, most of them mails, that had not run.
    pub jobs: i64,
    /// Signed-in browsers.
    pub sessions: i64,
}

/// A backup that was restored.
pub struct PutBack {
    /// What it said of itself.
    pub manifest: Manifest,
    /// What was taken away so that nothing is sent again.
    pub quieted: Quieted,
    /// Where the files lie that were there before.
    pub files_before: Option<PathBuf>,
}

/// Puts a backup in place of what is there. With `replace` also where people live, and other sessions
/// are ended.
///
/// # Errors
/// A backup that is damaged or too new, a database that is inhabited or in use: then nothing has
/// changed.
pub async fn put_back(place: &Place<'_>, source: &Path, replace: bool) -> Result<PutBack> {
    let workshop = Workshop::beside(&place.data.join("restore"))?;
    let (archive, into) = (source.to_owned(), workshop.folder.clone());
    let manifest = tokio::task::spawn_blocking(move || archive::unpack(&archive, &into)).await??;
    let newest = migrate::all().iter().map(|migration| migration.version).max().unwrap_or(0);
    if manifest.schema > newest {
        bail!(
            "the backup was made by Candor {}, and this is {}: restore it with that release or a newer one",
            manifest.version,
            env!("CARGO_PKG_VERSION")
        );
    }
    clear_the_way(place, replace).await?;
    place.tools.restore(&workshop.folder.join(DUMP), None, &quiet()).await?;

    let files_before = put_files(place.data, &workshop.folder)?;
    let mut db = as_owner(place.owner.clone()).connect().await?;
    let rows = store::rows(&mut db).await?;
    db.close().await?;
    let mut expected = manifest.rows.clone();
    let mut take = |table| expected.insert(String::from(table), 0).unwrap_or(0);
    let [events, jobs, sessions, _] = QUIETED.map(&mut take);
    if rows != expected {
        bail!("the database has other rows than the backup:\n{}", difference(&expected, &rows));
    }
    let quieted = Quieted { events, jobs, sessions };
    migrate::run(place.owner).await?;
    Ok(PutBack { manifest, quieted, files_before })
}

async fn clear_the_way(place: &Place<'_>, replace: bool) -> Result<()> {
    let mut db = as_owner(place.owner.clone()).connect().await?;
    if !replace && store::inhabited(&mut db).await? {
        bail!("the database has members; --force puts the backup in their place");
    }
    let others = store::others(&mut db).await?;
    if others > 0 && !replace {
        bail!(
            "{others} others are connected to the database: stop the server first, or --force ends them"
        );
    }
    if others > 0 {
        let mut admin = place.admin.connect().await?;
        store::end_others(&mut admin).await?;
        admin.close().await?;
    } else {
        db.close().await?;
    }
    Ok(())
}

/// Members' files go beside the database; those that were there are kept under another name.
fn put_files(data: &Path, unpacked: &Path) -> Result<Option<PathBuf>> {
    let (from, to) = (unpacked.join(FILES), data.join(FILES));
    let mut before = None;
    if to.exists() {
        let aside = data.join(format!("{FILES}.before-restore-{}", std::process::id()));
        fs::rename(&to, &aside).context("cannot put the files that are there aside")?;
        before = Some(aside);
    }
    if from.exists() {
        fs::rename(&from, &to).context("cannot put the backup's files in place")?;
    }
    Ok(before)
}

fn quiet() -> String {
    QUIETED.map(|table| format!("delete from public.{table};")).concat()
}
