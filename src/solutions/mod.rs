//! Solving: the replies that a question's asker, staff, a moderator or a member whom a rank grants it
//! *accepts*, and whether those with the same problem *confirm* them.
//!
//! An answer may have parts: several replies are accepted together. Every acceptance is a row that says who
//! and when, also after it was taken back. Whoever said "me too" says of each accepted reply whether it
//! solved it for them, and each for whom it did earns its author points; one that most of them deny is
//! *refuted*: it is accepted no more, what it earned goes, and the question is open again where no other
//! accepted reply is left.

pub(crate) mod acceptance;
mod actions;
pub(crate) mod confirmation;
mod pages;
mod store;

use crate::route::{Policy, Route, deed};

pub use actions::{accept, confirm, unaccept};
pub use confirmation::Answer;

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    vec![
        deed("/p/{id}/solution", Policy::WhoMayDo, pages::create),
        deed("/p/{id}/solution/undo", Policy::WhoMayDo, pages::destroy),
        deed("/p/{id}/confirmation", Policy::WhoMayDo, pages::confirm),
        deed("/t/{id}/solution/none", Policy::WhoMayDo, pages::none),
    ]
}
