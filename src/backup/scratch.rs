//! A database beside the real one, for trying a backup.

use super::{Place, store};
use crate::{
    database::as_owner,
    doctor::{self, Finding},
};
use anyhow::{Context, Result};
use sqlx::{ConnectOptions, Connection};
use std::{collections::BTreeMap, path::Path};
use time::OffsetDateTime;

/// What came out of a restored dump.
pub(super) struct Tried {
    pub(super) rows: BTreeMap<String, i64>,
    pub(super) findings: Vec<Finding>,
}

/// Restores a dump beside the real database, looks at it, and takes it away. `None` where the login may
/// not make databases.
pub(super) async fn try_out(
    place: &Place<'_>,
    dump: &Path,
    now: OffsetDateTime,
) -> Result<Option<Tried>> {
    let name = format!("candor_try_{}", std::process::id());
    let mut admin = place.admin.connect().await.context("cannot connect to try the backup")?;
    store::drop_database(&mut admin, &name).await?;
    match store::create_database(&mut admin, &name).await {
        // Not allowed to.
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42501") => {
            return Ok(None);
        }
        made => made.context("cannot make a database to try the backup in")?,
    }
    let tried = look(place, dump, &name, now).await;
    let dropped = store::drop_database(&mut admin, &name).await;
    admin.close().await?;
    let tried = tried?;
    dropped.with_context(|| format!("cannot drop the database {name}; drop it by hand"))?;
    Ok(Some(tried))
}

async fn look(place: &Place<'_>, dump: &Path, name: &str, now: OffsetDateTime) -> Result<Tried> {
    place.tools.restore(dump, Some(name), "").await?;
    let mut db = as_owner(place.owner.clone().database(name)).connect().await?;
    let rows = store::rows(&mut db).await?;
    let findings = doctor::examine(&mut db, now).await?;
    db.close().await?;
    Ok(Tried { rows, findings })
}
