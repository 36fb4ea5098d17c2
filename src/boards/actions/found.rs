//! Boards of a community that is being set up by no member: by an import, a demonstration, a test.

use crate::{
    app::App,
    boards::founding::{self, NewBoard, NewCategory},
    error::Result,
    kit::{BoardId, CategoryId},
};

/// Puts up a heading after the others; `None` where the name is taken.
///
/// # Errors
/// Those of the database.
pub async fn found_category(app: &App, new: NewCategory<'_>) -> Result<Option<CategoryId>> {
    let mut tx = app.db.begin().await?;
    let id = founding::category(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Opens a board after the others of its category; `None` where the name is taken.
///
/// # Errors
/// Those of the database.
pub async fn found_board(app: &App, new: NewBoard<'_>) -> Result<Option<BoardId>> {
    let mut tx = app.db.begin().await?;
    let id = founding::board(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(id)
}
