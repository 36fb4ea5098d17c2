//! The nouns: new headings and boards, put up inside a given transaction.

use super::{board::Style, store};
use crate::{
    access::{self, Audience, Place, rights},
    kit::{BoardId, CategoryId},
};
use sqlx::PgConnection;

/// A heading to be put up.
pub struct NewCategory<'a> {
    /// Its name in addresses.
    pub slug: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// A board to be opened.
pub struct NewBoard<'a> {
    /// Under which heading.
    pub category: CategoryId,
    /// Its name in addresses.
    pub slug: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its purpose in one line.
    pub description: &'a str,
    /// What its threads are.
    pub style: Style,
    /// A name in the icon sprite.
    pub icon: &'a str,
    /// Its tint, 1 to 8.
    pub tone: i16,
    /// Whom it is for.
    pub audience: Audience,
}

/// Puts up a heading after the others; `None` where the name is taken, and the transaction goes on.
///
/// # Errors
/// Those of the database.
pub(crate) async fn category(
    db: &mut PgConnection,
    new: &NewCategory<'_>,
) -> sqlx::Result<Option<CategoryId>> {
    store::insert_category(db, new.slug, new.name).await
}

/// Opens a board after the others of its category; `None` where the name is taken, and the transaction
/// goes on.
///
/// # Errors
/// Those of the database.
pub(crate) async fn board(
    db: &mut PgConnection,
    new: &NewBoard<'_>,
) -> sqlx::Result<Option<BoardId>> {
    let Some(board) = store::insert(db, new).await? else { return Ok(None) };
    access::open_board(db, board, new.audience, new.style == Style::Announcements).await?;
    let lineage = store::lineage(db, Place::Board(board)).await?;
    if new.audience != Audience::Category {
        rights::keep_apart(db, board, &lineage).await?;
    }
    rights::inherit(db, &lineage).await?;
    Ok(Some(board))
}
