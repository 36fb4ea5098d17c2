//! The boards with what is latest on each of them, as they stand on `/boards` and on the home page.

mod store;

use super::thread::thread_url;
use crate::{boards::board_url, kit::ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A heading with its boards.
#[derive(Debug, Clone)]
pub(crate) struct CategoryLines {
    pub(crate) name: String,
    pub(crate) boards: Vec<BoardLine>,
}

/// A board as a row.
#[derive(Debug, Clone)]
pub(crate) struct BoardLine {
    pub(crate) category_name: String,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) tone: i16,
    pub(crate) threads: i64,
    pub(crate) posts: i64,
    pub(crate) latest_id: Option<ThreadId>,
    pub(crate) latest_title: Option<String>,
    pub(crate) latest_poster: Option<String>,
    pub(crate) latest_at: Option<OffsetDateTime>,
}

/// The thread with the latest post of a board.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Latest<'a> {
    id: ThreadId,
    pub(crate) title: &'a str,
    pub(crate) poster: &'a str,
    pub(crate) at: OffsetDateTime,
}

impl BoardLine {
    /// Its address.
    pub(crate) fn url(&self) -> String {
        board_url(&self.slug)
    }

    /// Its latest thread, if it has one.
    pub(crate) fn latest(&self) -> Option<Latest<'_>> {
        Some(Latest {
            id: self.latest_id?,
            title: self.latest_title.as_deref()?,
            poster: self.latest_poster.as_deref()?,
            at: self.latest_at?,
        })
    }
}

impl Latest<'_> {
    /// Its address.
    pub(crate) fn url(&self) -> String {
        thread_url(self.id, self.title)
    }
}

/// The boards that the viewer may see, under their headings.
///
/// # Errors
/// Those of the database.
pub(crate) async fn boards(
    db: &mut PgConnection,
    viewer: Option<i64>,
) -> sqlx::Result<Vec<CategoryLines>> {
    let mut categories: Vec<CategoryLines> = Vec::new();
    for board in store::boards(db, viewer).await? {
        match categories.last_mut() {
            Some(category) if category.name == board.category_name => category.boards.push(board),
            _ => categories
                .push(CategoryLines { name: board.category_name.clone(), boards: vec![board] }),
        }
    }
    Ok(categories)
}
