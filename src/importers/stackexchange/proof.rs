//! The dump held against its own scores, and the database against the dump.

use super::{
    Import,
    dump::{OpenError, Read, Row, Rows, ScoreCheck},
    store,
};
use anyhow::Result;
use std::{collections::HashMap, path::Path};

/// Posts compared at once.
const AT_ONCE: i64 = 5_000;

/// Fills in the report's proofs. `up_votes` are those of every post that should be here.
pub(super) async fn check(import: &mut Import<'_>, up_votes: HashMap<i64, i64>) -> Result<()> {
    let folder = import.folder.clone();
    let score = tokio::task::spawn_blocking(move || {
        anyhow::Ok(ScoreCheck::of(rows(&folder)?, rows(&folder)?)?)
    });
    import.report.score = score.await??;
    let mut db = import.app.db.acquire().await?;
    let check = &mut import.report.kudos;
    check.up_votes = up_votes.values().sum();
    check.posts = up_votes.len() as u64;
    let mut after = i64::MIN;
    loop {
        let shown = store::shown_kudos(&mut db, &import.source, after, AT_ONCE).await?;
        let Some(last) = shown.last() else { break };
        after = last.source_id;
        for post in &shown {
            // Posts of an older dump, deleted before this one was made.
            let Some(up) = up_votes.get(&post.source_id).copied() else { continue };
            check.kudos += post.kudos;
            if post.kudos == up {
                check.equal += 1;
            } else {
                check.mismatches.push((post.source_id, post.kudos, up));
            }
        }
    }
    import.report.solutions = store::solutions(&mut db, &import.source).await?;
    Ok(())
}

/// The rows of a table; none where it is missing.
fn rows<T: Row + 'static>(folder: &Path) -> Result<Box<dyn Iterator<Item = Read<T>>>> {
    match Rows::<T>::open(folder) {
        Ok(rows) => Ok(Box::new(rows)),
        Err(OpenError::Absent(_)) => Ok(Box::new(std::iter::empty())),
        Err(error) => Err(error.into()),
    }
}
