//! What members earned: kudos, points and ranks, all from one append-only ledger.
//!
//! Every entry names its *cause*, and a cause counts once, so a deed done twice earns once. Undoing
//! a deed appends the negative of exactly what it earned. Totals and ranks are kept in the same
//! transaction and can be rebuilt from the ledger at any time. Nobody earns by their own deeds on
//! their own posts.

mod actions;
mod awards;
pub(crate) mod helpers;
pub(crate) mod ledger;
mod pages;
pub(crate) mod past;
mod rank;
pub(crate) mod store;

use crate::route::{Policy, Route, deed, page};

pub use actions::{give_kudos, revoke_kudos};
pub(crate) use awards::{post_restored, post_withdrawn, post_written, solution_accepted, undo};
pub use rank::{Rank, Standing};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    vec![
        deed("/p/{id}/kudos", Policy::WhoMayDo, pages::kudos::create),
        deed("/p/{id}/kudos/undo", Policy::WhoMayDo, pages::kudos::destroy),
        page("/ranks", Policy::Everybody, pages::ranks::show),
    ]
}
