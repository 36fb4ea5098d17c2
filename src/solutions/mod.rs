//! Solving: a question has at most one accepted reply, which its asker or a moderator marks.
//! Every acceptance is a row that says who and when, also after it was taken back.

pub(crate) mod acceptance;
mod actions;
mod pages;
mod store;

use crate::route::{Policy, Route, deed};

pub use actions::{accept, unaccept};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    vec![
        deed("/p/{id}/solution", Policy::WhoMayDo, pages::create),
        deed("/p/{id}/solution/undo", Policy::WhoMayDo, pages::destroy),
    ]
}
