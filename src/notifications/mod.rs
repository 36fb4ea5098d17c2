//! Who hears what: the inbox, and mail for those who follow a thread.
//!
//! A *notice* is one line for one member about one event, of one kind: the most specific that fits.
//! Whoever is told must be able to see the board when told, and again whenever the inbox is read: the
//! SQL function `inbox_kept` is the one list behind the page and the count beside it. Whoever mutes a
//! thread hears nothing of it, except what a moderator did to a post of theirs. Moderators act under a
//! pseudonym, so a notice of that names nobody.

mod actions;
mod addressees;
mod mails;
mod notice;
mod pages;
pub(crate) mod reactions;
mod store;

use crate::{
    jobs::Kind,
    kit::{MemberId, ThreadId},
    route::{Policy, Route, deed, page},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub use actions::read_all;
pub(crate) use store::letters::forget_old_tokens;

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    vec![
        page("/inbox", Policy::Members, pages::inbox::index),
        deed("/inbox/read", Policy::Members, pages::inbox::read),
        deed("/inbox/{id}/open", Policy::WhoMayDo, pages::inbox::open),
        page("/unsubscribe/{token}", Policy::Everybody, pages::unsubscribe::show),
        deed("/unsubscribe/{token}", Policy::Everybody, pages::unsubscribe::create),
    ]
}

/// Jobs of this room.
pub const JOBS: &[Kind] = &[Kind {
    name: mails::REPLY,
    run: |app, db, payload| Box::pin(mails::reply(app, db, payload)),
}];

/// Notes that a member has seen what the inbox tells of a thread's posts up to `position`; for whoever
/// marks the thread as read.
///
/// # Errors
/// Those of the database.
pub(crate) async fn seen_in(
    db: &mut PgConnection,
    member: MemberId,
    thread: ThreadId,
    position: i32,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    store::seen::up_to(db, member, thread, position, now).await
}
