//! The order in which boards and categories stand.

use crate::{
    access::Admin,
    app::App,
    audit::{self, About, Act, Change},
    boards::store,
    error::{Error, Result},
    outbox::Actor,
};
use serde_json::json;

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
    fn something_moves_by_one_place_and_not_beyond_the_ends() {
        let mut order = [5, 6, 7];

        assert_eq!(shift(&mut order, 6, Way::Up), Some((2, 1)));
        assert_eq!(shift(&mut order, 6, Way::Up), None);
        assert_eq!(shift(&mut order, 7, Way::Down), None);
        assert_eq!(shift(&mut order, 5, Way::Down), Some((2, 3)));
        assert_eq!(order, [6, 7, 5]);
    }
}
