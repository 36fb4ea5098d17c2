//! Threads: conversations on a board, their lists, read marks and following.
//!
//! Words: the *opening post* is position 1, the others are *replies*. Positions are dense, taken
//! under the thread's row lock and never given twice; a removed post keeps its place. A *closed*
//! thread is one whose opening post was deleted or removed: it keeps its address and leaves every
//! list. A *locked* one takes no more replies from customers.

pub(crate) mod access;
mod actions;
pub(crate) mod asking;
pub(crate) mod duplicates;
mod follow;
pub(crate) mod forms;
mod helpful;
mod latest;
mod line;
pub(crate) mod lists;
pub(crate) mod me_too;
mod pages;
pub(crate) mod questions;
pub(crate) mod reactions;
mod reading;
pub(crate) mod similar;
pub(crate) mod store;
pub(crate) mod tags;
pub(crate) mod thread;
mod views;

use crate::attachments::with_files;
use crate::route::{Policy, Rate, Route, deed, page};

pub(crate) use actions::{Added, TagEdit, add_synonym, edit_tag, remove_synonym};
pub use actions::{NewThread, Started, lock, not_me, pin, say_me_too, start, thread_in};
pub(crate) use follow::{follow, followers, mute};
pub(crate) use latest::{CategoryLines, boards};
pub use line::ThreadLine;
pub(crate) use lists::{List, Order, lines, pick, pinned};
pub(crate) use reading::mark_read;
pub(crate) use tags::{store::follows::followers as followers_of_tags, tag_url};
pub use thread::{Can, Pin, ReplyOrder, Thread, permalink, thread_url};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    use Policy::{Members, WhoMayDo, WhoMaySee};
    vec![
        page("/ask", Members, pages::new::show),
        deed("/ask", Members, pages::new::create).with_text().rated(Rate::Post),
        page("/ask/similar", Members, pages::new::similar).rated(Rate::Search),
        with_files(deed("/ask/attach", Members, pages::new::attach)),
        page("/t/{id}", WhoMaySee, pages::show::bare),
        page("/t/{id}/{slug}", WhoMaySee, pages::show::show),
        page("/t/{id}/p/{position}", WhoMaySee, pages::show::post),
        page("/t/{id}/unread", WhoMaySee, pages::show::first_unread),
        page("/t/{id}/live", WhoMaySee, pages::live::stream).rated(Rate::Stream),
        deed("/t/{id}/replies", WhoMayDo, pages::reply::create).with_text().rated(Rate::Post),
        with_files(deed("/t/{id}/attach", WhoMayDo, pages::reply::attach)),
        deed("/t/{id}/reading", Members, pages::deeds::read),
        deed("/t/{id}/reading/order", Members, pages::deeds::order),
        deed("/t/{id}/follow", Members, pages::deeds::follow),
        deed("/t/{id}/mute", Members, pages::deeds::mute),
        deed("/t/{id}/follow/undo", Members, pages::deeds::unfollow),
        deed("/t/{id}/me-too", WhoMayDo, pages::me_too::create),
        deed("/t/{id}/me-too/undo", Members, pages::me_too::destroy),
        page("/t/{id}/duplicate/of", WhoMayDo, pages::join::new),
        deed("/t/{id}/duplicate/of", WhoMayDo, pages::join::create),
        deed("/t/{id}/duplicate/undo", WhoMayDo, pages::join::destroy),
        page("/t/{id}/lock", Policy::Moderators, pages::lock::new),
        deed("/t/{id}/lock", Policy::Moderators, pages::lock::create),
        deed("/t/{id}/lock/undo", Policy::Moderators, pages::lock::destroy),
        deed("/t/{id}/pin", WhoMayDo, pages::deeds::pin),
        deed("/t/{id}/pin/undo", WhoMayDo, pages::deeds::unpin),
        page("/tags", Policy::Everybody, pages::tag::index),
        page("/tags/{name}", WhoMaySee, pages::tag::show),
        deed("/tags/{name}/follow", Members, pages::tag::follow),
        deed("/tags/{name}/follow/undo", Members, pages::tag::unfollow),
    ]
}
