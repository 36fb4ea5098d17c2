//! Tags came with the questions; here they are only accounted for.

use super::{
    Import,
    dump::{Table, TagRow},
    plan, text,
};
use crate::{importers::imported, threads::tags};
use anyhow::Result;

pub(super) async fn bring(import: &mut Import<'_>) -> Result<()> {
    let mut db = import.app.db.acquire().await?;
    let known = imported::of_kind(&mut db, &import.source, "tag").await?;
    drop(db);
    let (folder, bars) = (import.folder.clone(), import.bars.clone());
    let read = tokio::task::spawn_blocking(move || {
        let mut new = Vec::new();
        let tally = plan::each(&folder, &bars, |row: TagRow, _, tally| {
            match text::tag(&row.name) {
                _ if known.contains_key(&row.id) => tally.already += 1,
                Some(name) => new.push((row.id, name)),
                None => tally.skip("its name has no letter that an address can hold"),
            }
            Ok(())
        })?;
        anyhow::Ok((tally, new))
    });
    let (mut tally, new) = read.await??;
    let names: Vec<String> = new.iter().map(|(_, name)| name.clone()).collect();
    let mut tx = import.app.db.begin().await?;
    let ids = tags::ids_of(&mut tx, &names).await?;
    let mut came: Vec<_> =
        new.iter().filter_map(|(id, name)| Some((*id, *ids.get(name)?))).collect();
    came.sort_unstable();
    came.dedup_by_key(|(id, _)| *id);
    imported::keep(&mut tx, &import.source, "tag", &came).await?;
    tx.commit().await?;
    tally.stored = came.len() as u64;
    tally.skip_many("no question carries it", (new.len() - came.len()) as u64);
    import.report.changes += tally.stored;
    import.report.tables.insert(Table::Tags, tally);
    Ok(())
}
