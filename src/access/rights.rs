use super::Level;
use crate::{kit::BoardId, members::Role};
use serde::Deserialize;
use sqlx::PgConnection;

/// Whom a board is for; the presets from which its rights are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Guests read, members write.
    Everyone,
    /// Members read and write; to guests it does not exist.
    Members,
    /// Staff and moderators only; to everybody else it does not exist.
    Staff,
}

/// Writes the rights of a board. On boards for announcements members answer but do not begin.
///
/// # Errors
/// Those of the database.
pub async fn open_board(
    db: &mut PgConnection,
    board: BoardId,
    audience: Audience,
    announcements: bool,
) -> sqlx::Result<()> {
    let members = if announcements { Level::Reply } else { Level::Start };
    let mut rights = vec![
        (Role::Moderator, Level::Moderate),
        (Role::Staff, Level::Start),
        (Role::Admin, Level::Moderate),
    ];
    match audience {
        Audience::Everyone => rights.extend([(Role::Guest, Level::See), (Role::Member, members)]),
        Audience::Members => rights.push((Role::Member, members)),
        Audience::Staff => {}
    }
    let (roles, levels): (Vec<Role>, Vec<Level>) = rights.into_iter().unzip();
    super::store::replace(db, board, &roles, &levels).await
}
