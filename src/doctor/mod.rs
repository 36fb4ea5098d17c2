//! Proves that what is kept for speed agrees with what it is made of, and puts it right; and that the
//! ledger holds every edit of another's words.
//!
//! Everything is looked at in one snapshot, so that a server at work is no false alarm. Only derived
//! numbers are ever changed; what people wrote, and the ledgers, are not.

mod checks;
mod store;

use crate::{attachments, storage::Blobs};
use checks::CHECKS;
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

/// Contents asked of the database together.
const CONTENTS_AT_ONCE: i64 = 500;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at, in words.
    pub about: &'static str,
    /// How many of them are wrong.
    pub wrong: i64,
    /// Whether [`repair`] can put it right.
    pub mendable: bool,
}

/// What was put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// What was looked at, in words.
    pub about: &'static str,
    /// How many rows were changed.
    pub rows: u64,
}

/// Looks at everything and changes nothing.
///
/// # Errors
/// Those of the database.
pub async fn examine(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Vec<Finding>> {
    let mut tx = db.begin().await?;
    store::still(&mut tx).await?;
    let findings = look(&mut tx, now).await?;
    tx.rollback().await?;
    Ok(findings)
}

/// Reads every content of the store that something needs, and counts those that are missing or not what
/// their name says. Takes as long as reading them takes.
///
/// # Errors
/// Those of the database and of the disk.
pub async fn contents(db: &mut PgConnection, blobs: &Blobs) -> anyhow::Result<Finding> {
    let (mut after, mut wrong) = (None, 0);
    loop {
        let some = attachments::contents(db, after, CONTENTS_AT_ONCE).await?;
        let Some(last) = some.last() else { break };
        after = Some(last.hash);
        for content in some {
            wrong += i64::from(!blobs.is_whole(content.hash).await?);
        }
    }
    Ok(Finding { about: "contents of files", wrong, mendable: false })
}

/// Looks at everything in a transaction that sees one snapshot.
///
/// # Errors
/// Those of the database.
pub async fn look(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Vec<Finding>> {
    let mut findings = Vec::with_capacity(CHECKS.len());
    for check in CHECKS {
        let wrong = (check.wrong)(&mut *db, now).await?;
        findings.push(Finding { about: check.about, wrong, mendable: check.mend.is_some() });
    }
    Ok(findings)
}

/// Puts derived numbers right, all or none, while writers wait; returns what was changed.
///
/// # Errors
/// Those of the database, also where writers do not give way within half a minute.
pub async fn repair(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Vec<Mended>> {
    let mut tx = db.begin().await?;
    store::hold_writers(&mut tx).await?;
    let mut mended = Vec::new();
    for check in CHECKS {
        let Some(mend) = check.mend else { continue };
        let rows = mend(&mut tx, now).await?;
        if rows > 0 {
            mended.push(Mended { about: check.about, rows });
        }
    }
    tx.commit().await?;
    Ok(mended)
}
