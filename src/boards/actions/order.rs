//! The order in which boards and categories stand.

use crate::{
    access::Admin,
    app::App,
    audit::{self, About, Act, Change},
    boards::store,
    error::{Error, Result},
    kit::{BoardId, CategoryId},
    outbox::Actor,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// Which way something is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// Before the one above it.
    Up,
    /// Behind the one below it.
    Down,
}

/// Moves a board by one place within its category; at the end it stays.
///
/// # Errors
/// [`Error::NotFound`] where there is none; those of the database.
pub async fn move_board(app: &App, admin: &Admin, slug: &str, way: Way) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let board = store::running(&mut tx, slug).await?.ok_or(Error::NotFound)?;
    let mut order = store::board_order(&mut tx, board.category_id).await?;
    let Some((before, after)) = shift(&mut order, board.id.0, way) else { return Ok(()) };
    store::order_boards(&mut tx, &order).await?;
    let change = Change {
        act: Act::MoveBoard,
        about: About::Board(board.id, &board.name),
        member: None,
        before: json!({ "place": before }),
        after: json!({ "place": after }),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Moves a category by one place; at the end it stays.
///
/// # Errors
/// As [`move_board`].
pub async fn move_category(app: &App, admin: &Admin, slug: &str, way: Way) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let category = store::running_category(&mut tx, slug).await?.ok_or(Error::NotFound)?;
    let mut order = store::category_order(&mut tx).await?;
    let Some((before, after)) = shift(&mut order, category.id.0, way) else { return Ok(()) };
    store::order_categories(&mut tx, &order).await?;
    let change = Change {
        act: Act::MoveCategory,
        about: About::Category(category.id, &category.name),
        member: None,
        before: json!({ "place": before }),
        after: json!({ "place": after }),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(())
}

/// All categories with their boards, by their names in addresses, as somebody wants them to stand.
pub type Order = Vec<(String, Vec<String>)>;

/// What becomes of a new order.
#[derive(Debug, PartialEq, Eq)]
pub enum Arranged {
    /// It stands.
    Done,
    /// Somebody else has changed it since it was looked at; nothing is changed.
    Meanwhile,
    /// It does not hold what there is: every category, and below each its own boards.
    Unlike,
}

/// Puts categories, and the boards of each, into another order, each that moves with an entry of its own in the
/// log. `version` is that of the order which was looked at.
///
/// # Errors
/// Those of the database.
pub async fn arrange(app: &App, admin: &Admin, version: &str, wanted: &Order) -> Result<Arranged> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    // Held, so that of two who arrange at once the second sees what the first made.
    let categories = store::category_order(&mut tx).await?;
    for category in &categories {
        store::board_order(&mut tx, CategoryId(*category)).await?;
    }
    let before = store::standing(&mut tx).await?;
    if version_of(&before) != version {
        return Ok(Arranged::Meanwhile);
    }
    let Some(after) = in_order(&before, wanted) else { return Ok(Arranged::Unlike) };
    let ids = |rows: &[store::Standing]| rows.iter().map(|row| row.id.0).collect::<Vec<_>>();
    let actor = Actor::Member(admin.member().id);
    let (was, is) = (ids(&before), ids(&after));
    store::order_categories(&mut tx, &is).await?;
    for (id, from, to) in moved(&was, &is) {
        let name = before.iter().find(|row| row.id.0 == id).map_or("", |row| &row.name);
        let about = About::Category(CategoryId(id), name);
        note(&mut tx, actor, (Act::MoveCategory, about), (from, to), now).await?;
    }
    for category in &after {
        let Some(old) = before.iter().find(|row| row.id == category.id) else { continue };
        let board_ids =
            |row: &store::Standing| row.boards.iter().map(|it| it.id.0).collect::<Vec<_>>();
        let (was, is) = (board_ids(old), board_ids(category));
        store::order_boards(&mut tx, &is).await?;
        for (id, from, to) in moved(&was, &is) {
            let name = old.boards.iter().find(|it| it.id.0 == id).map_or("", |it| &it.name);
            let about = About::Board(BoardId(id), name);
            note(&mut tx, actor, (Act::MoveBoard, about), (from, to), now).await?;
        }
    }
    tx.commit().await?;
    Ok(Arranged::Done)
}

async fn note(
    db: &mut PgConnection,
    actor: Actor,
    (act, about): (Act, About<'_>),
    (before, after): (usize, usize),
    now: OffsetDateTime,
) -> Result<()> {
    let (before, after) = (json!({ "place": before }), json!({ "place": after }));
    let change = Change { act, about, member: None, before, after };
    audit::record(db, actor, &change, now).await?;
    Ok(())
}

/// What tells one order from another: who stands where, and nothing of what it is called.
pub(crate) fn version_of(standing: &[store::Standing]) -> String {
    let mut hash = Sha256::new();
    for category in standing {
        hash.update(format!("{}:", category.id));
        category.boards.iter().for_each(|board| hash.update(format!("{},", board.id)));
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// What stands, as it is wanted; `None` where that is not the same set.
fn in_order(standing: &[store::Standing], wanted: &Order) -> Option<Vec<store::Standing>> {
    let mut after = Vec::new();
    for (slug, slugs) in wanted {
        let mut category = standing.iter().find(|row| row.slug == *slug)?.clone();
        let find = |slug: &String| category.boards.iter().find(|it| it.slug == *slug).cloned();
        let boards: Vec<_> = slugs.iter().map(find).collect::<Option<_>>()?;
        let different: BTreeSet<_> = boards.iter().map(|board| board.id.0).collect();
        if different.len() != category.boards.len() || boards.len() != different.len() {
            return None;
        }
        category.boards = boards;
        after.push(category);
    }
    let different: BTreeSet<_> = after.iter().map(|category| category.id.0).collect();
    (different.len() == standing.len() && after.len() == standing.len()).then_some(after)
}

/// The fewest that must have been moved to come from one order to the other, each with its place before and
/// after, counted from 1: whatever is not in the longest run that kept its order.
fn moved(before: &[i64], after: &[i64]) -> Vec<(i64, usize, usize)> {
    let place = |id: &i64| before.iter().position(|other| other == id).unwrap_or(0);
    let places: Vec<usize> = after.iter().map(place).collect();
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for (at, here) in places.iter().enumerate() {
        let earlier =
            runs.iter().filter(|run| run.last().is_some_and(|last| places[*last] < *here));
        let mut longest = earlier.max_by_key(|run| run.len()).cloned().unwrap_or_default();
        longest.push(at);
        runs.push(longest);
    }
    let kept = runs.into_iter().max_by_key(Vec::len).unwrap_or_default();
    let others = (0..after.len()).filter(|at| !kept.contains(at));
    others.map(|at| (after[at], places[at] + 1, at + 1)).collect()
}

/// Puts one a place on; returns its place before and after, counted from 1. `None` at the end.
fn shift(order: &mut [i64], id: i64, way: Way) -> Option<(usize, usize)> {
    let from = order.iter().position(|other| *other == id)?;
    let to = match way {
        Way::Up => from.checked_sub(1)?,
        Way::Down => Some(from + 1).filter(|to| *to < order.len())?,
    };
    order.swap(from, to);
    Some((from + 1, to + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_moved_is_told_and_nobody_else() {
        assert_eq!(moved(&[1, 2, 3, 4], &[1, 2, 3, 4]), []);
        assert_eq!(moved(&[1, 2, 3, 4], &[2, 3, 4, 1]), [(1, 1, 4)]);
        assert_eq!(moved(&[1, 2, 3, 4], &[4, 1, 2, 3]), [(4, 4, 1)]);
        assert_eq!(moved(&[1, 2, 3, 4, 5], &[3, 1, 2, 5, 4]).len(), 2);
    }

    #[test]
    fn something_moves_by_one_place_and_not_beyond_the_ends() {
        let mut order = [5, 6, 7];

        assert_eq!(shift(&mut order, 6, Way::Up), Some((2, 1)));
        assert_eq!(shift(&mut order, 6, Way::Up), None);
        assert_eq!(shift(&mut order, 7, Way::Down), None);
        assert_eq!(shift(&mut order, 5, Way::Down), Some((2, 3)));
        assert_eq!(order, [6, 7, 5]);
    }
}
