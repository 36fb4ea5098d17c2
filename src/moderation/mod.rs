//! Moderation in the open. Every act goes through the deed that does it and, in the same
//! transaction, [`ledger::write`], the one function that writes the ledger. A removed post leaves a
//! tombstone with the date, the reason and the moderator's pseudonym; words that a moderator changed
//! bear reason and pseudonym as well.

mod actions;
mod forms;
pub(crate) mod ledger;
mod pages;
mod store;

use crate::route::{Policy, Route, deed, page};

pub use actions::{remove_post, restore_post};
pub(crate) use forms::{ReasonForm, check_reason};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    vec![
        page("/moderation", Policy::Everybody, pages::acts::index),
        page("/p/{id}/remove", Policy::Moderators, pages::remove::new),
        deed("/p/{id}/remove", Policy::Moderators, pages::remove::create),
        deed("/p/{id}/restore", Policy::Moderators, pages::remove::restore),
    ]
}
