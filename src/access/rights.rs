//! Rules as they are written, inside a given transaction.

use super::{Level, Place, Rule, Subject, store};
use crate::{
    kit::{BoardId, CategoryId, GroupId},
    members::Role,
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// Whom a board is for; the presets from which its rights are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// What its category says.
    #[default]
    Category,
    /// Guests read, members write.
    Everyone,
    /// Members read and write; to guests it does not exist.
    Members,
    /// Staff and moderators only; to everybody else it does not exist.
    Staff,
}

/// Writes the rights of a board in place of all it had. On boards for announcements members answer but do
/// not begin. A board for an audience says something of every role, so that its category opens it to
/// nobody else.
///
/// # Errors
/// Those of the database.
pub async fn open_board(
    db: &mut PgConnection,
    board: BoardId,
    audience: Audience,
    announcements: bool,
) -> sqlx::Result<()> {
    store::lock(db).await?;
    store::clear(db, board).await?;
    for (subject, rule) in preset(audience, announcements) {
        store::set(db, Place::Board(board), subject, Some(rule)).await?;
    }
    store::admit_admins(db, &[board]).await
}

/// Writes the rules with which a new category begins.
///
/// # Errors
/// Those of the database.
pub(crate) async fn open_category(
    db: &mut PgConnection,
    category: CategoryId,
    audience: Audience,
) -> sqlx::Result<()> {
    store::lock(db).await?;
    for (subject, rule) in preset(audience, false) {
        store::set(db, Place::Category(category), subject, Some(rule)).await?;
    }
    Ok(())
}

/// Lets one change of rules, or of where boards lie, follow the other.
///
/// # Errors
/// Those of the database.
pub(crate) async fn lock(db: &mut PgConnection) -> sqlx::Result<()> {
    store::lock(db).await
}

/// The rules that make a place one for this audience.
fn preset(audience: Audience, announcements: bool) -> Vec<(Subject, Rule)> {
    let members = if announcements { Level::Reply } else { Level::Start };
    let (guest, member) = match audience {
        Audience::Category => return Vec::new(),
        Audience::Everyone => (Some(Level::See), Some(members)),
        Audience::Members => (None, Some(members)),
        Audience::Staff => (None, None),
    };
    [
        (Role::Guest, guest),
        (Role::Member, member),
        (Role::Moderator, Some(Level::Moderate)),
        (Role::Staff, Some(Level::Start)),
    ]
    .map(|(role, level)| (Subject::Role(role), Rule::new(Subject::Role(role), level, true)))
    .into()
}

/// A category that a board lies in, and how far above it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Above {
    pub(crate) board: BoardId,
    pub(crate) category: CategoryId,
    pub(crate) distance: i32,
}

/// Writes anew what these boards inherit. A board has for each subject its own rule, or else the one of the
/// nearest category that has one. Whoever changes a rule or puts a board elsewhere calls it.
///
/// # Errors
/// Those of the database.
pub(crate) async fn inherit(db: &mut PgConnection, lineage: &[Above]) -> sqlx::Result<()> {
    let boards: Vec<BoardId> = lineage.iter().map(|above| above.board).collect();
    store::forget_inherited(db, &boards).await?;
    store::inherit(db, lineage).await?;
    store::admit_admins(db, &boards).await
}

/// Keeps a new board for its audience: what its categories give groups and single members does not hold
/// on it.
///
/// # Errors
/// Those of the database.
pub(crate) async fn keep_apart(
    db: &mut PgConnection,
    board: BoardId,
    lineage: &[Above],
) -> sqlx::Result<()> {
    for above in lineage {
        for set in store::rules(db, Place::Category(above.category)).await? {
            if !matches!(set.subject, Subject::Role(_)) {
                store::set(db, Place::Board(board), set.subject, Some(Rule::NOTHING)).await?;
            }
        }
    }
    Ok(())
}

/// Takes away every rule about a group, under [`lock`]; returns how many there were. A board that had
/// inherited one from a category has it no more either.
///
/// # Errors
/// Those of the database.
pub(crate) async fn forget_group(db: &mut PgConnection, group: GroupId) -> sqlx::Result<u64> {
    store::forget_group(db, group).await
}
