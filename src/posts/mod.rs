//! Posts: what people write in threads.
//!
//! A post keeps its Markdown *source* and the HTML drawn from it, with the renderer's version. Its
//! *position* is its place in the thread: taken at publication under the thread's row lock, never
//! changed, never given twice. A post *deleted* by its author or *removed* by a moderator leaves a
//! tombstone there. Every edit keeps the version it replaced; where it was a moderator's, of another's
//! words, that version bears their pseudonym and the reason that the ledger holds.

pub(crate) mod access;
mod actions;
pub(crate) mod attached;
pub(crate) mod composer;
pub(crate) mod forms;
mod pages;
pub(crate) mod past;
pub(crate) mod post;
pub(crate) mod store;
mod views;
pub(crate) mod writing;

use crate::attachments::with_files;
use crate::route::{Policy, Rate, Route, deed, page};

pub use actions::{Edit, Edited, NewReply, Replied, delete, edit, reply};
pub use post::Post;

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    use Policy::{Members, WhoMayDo, WhoMaySee};
    vec![
        page("/p/{id}", WhoMaySee, pages::find::show),
        page("/p/{id}/edit", WhoMayDo, pages::edit::show),
        deed("/p/{id}/edit", WhoMayDo, pages::edit::update).with_text().rated(Rate::Post),
        with_files(deed("/p/{id}/attach", WhoMayDo, pages::edit::attach)),
        page("/p/{id}/history", WhoMaySee, pages::history::show),
        page("/p/{id}/delete", WhoMayDo, pages::delete::show),
        deed("/p/{id}/delete", WhoMayDo, pages::delete::create),
        deed("/preview", Members, pages::preview::show).with_text(),
        page("/complete/{what}", Members, pages::complete::show).rated(Rate::Search),
    ]
}
