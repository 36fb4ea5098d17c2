//! Drafts: texts that their authors are still writing.
//!
//! A draft belongs to one member and one place: a reply in a thread, a change of a post, or a thread not yet
//! begun. The composer saves it while it is typed; whatever page shows the form next, on whatever device,
//! begins with it. It goes in the transaction in which its text is posted. Each saving gives it another
//! *version* and names the one it goes on from, so that two devices never overwrite each other unasked.
//!
//! A draft keeps the key of its form: taken up again after an answer was lost, it is posted once. One whose
//! form was sent is no draft any more, even where a late saving brought it back.

mod actions;
mod draft;
mod forms;
mod pages;
pub(crate) mod store;
mod views;

use crate::route::{Policy, Route, deed, page};

pub(crate) use draft::{Draft, Place};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    use Policy::{Members, WhoMayDo};
    vec![
        page("/drafts", Members, pages::index),
        deed("/drafts", WhoMayDo, pages::save).with_text(),
        page("/drafts/{id}", Members, pages::show),
        deed("/drafts/{id}/discard", Members, pages::discard),
    ]
}
