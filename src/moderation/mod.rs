//! Moderation in the open. Every act goes through the deed that does it and, in the same
//! transaction, [`ledger::write`], the one function that writes the ledger. A removed post leaves a
//! tombstone with the date, the reason and the moderator's pseudonym; words that a moderator changed
//! bear reason and pseudonym as well.
//!
//! A member's *flag* says what is wrong with a post. The flags of a post make a *case*, which lies in the queue until
//! it is settled: the gravest first. A case is *claimed* by whoever is at it. Flags that together weigh enough hide
//! the post until then, by the community itself and with its line in the ledger; what a person kept is never hidden
//! so again. `docs/MODERATION.md` says all of it for those who are concerned.

mod actions;
pub(crate) mod cases;
mod flags;
mod forms;
pub(crate) mod ledger;
mod pages;
mod removal;
mod store;

use crate::route::{Policy, Route, deed, page};

pub use actions::{flag_post, remove_post, restore_post};
pub use flags::{NewFlag, Reason};
pub(crate) use forms::{ReasonForm, check_reason};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    vec![
        page("/moderation", Policy::Everybody, pages::acts::index),
        page("/moderation/queue", Policy::Moderators, pages::queue::index),
        page("/p/{id}/review", Policy::Moderators, pages::queue::show),
        deed("/p/{id}/review", Policy::Moderators, pages::queue::decide),
        page("/p/{id}/flag", Policy::WhoMayDo, pages::flag::new),
        deed("/p/{id}/flag", Policy::WhoMayDo, pages::flag::create),
        page("/p/{id}/remove", Policy::Moderators, pages::remove::new),
        deed("/p/{id}/remove", Policy::Moderators, pages::remove::create),
        deed("/p/{id}/restore", Policy::Moderators, pages::remove::restore),
    ]
}
