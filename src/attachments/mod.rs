//! Attachments: pictures and files that members upload and show in what they write.
//!
//! Words: an *upload* is a file on its way in, piece by piece; once it is whole and was looked at it becomes
//! an *attachment*, whose contents lie in the store ([`crate::storage`]). A post *shows* an attachment
//! when its text names the address `/files/7`; which posts show what is written in the transaction that
//! writes the post.
//!
//! Invariants:
//! - What a file is, its content decides; its name is shown and is never part of a path or an address.
//! - A picture is written anew from its pixels; nothing else of it is kept. See `content`.
//! - Whoever may read one of the posts that show an attachment may have it, and nobody else; its uploader may
//!   as long as no post shows it. That is asked on every request, also for smaller pictures and ranges.
//! - What no post shows goes after [`KEPT_UNUSED`], and its contents after [`KEPT_UNUSED`] more: any backup of
//!   the database that was begun in between finds them.

pub(crate) mod attachment;
mod content;
mod pages;
mod reactions;
pub(crate) mod shown;
mod store;
pub(crate) mod taking;
pub(crate) mod upload;
mod views;

use crate::route::{Cache, Policy, Rate, Route, deed, page};
use time::Duration;

pub use attachment::Attachment;
pub use reactions::JOBS;
pub(crate) use reactions::{forget_unused, plan_sweep};
pub use store::{Content, contents};

/// So long an attachment is kept that no post shows, and so long contents that nothing needs.
pub const KEPT_UNUSED: Duration = Duration::days(7);

/// Longest piece of an upload, in bytes: short enough to send again over a bad connection.
pub(crate) const PIECE: usize = 1024 * 1024;

/// Longest body with files: ten of the longest that a community may allow.
const FILES_FORM: usize = 640 * 1024 * 1024;

/// A deed whose form brings files.
pub(crate) fn with_files(route: Route) -> Route {
    Route { body: FILES_FORM, ..route }.rated(Rate::Upload)
}

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    use Policy::{Members, WhoMayDo, WhoMaySee};
    let piece = deed("/uploads/{id}", WhoMayDo, pages::uploads::receive).rated(Rate::Upload);
    vec![
        page("/files/{id}", WhoMaySee, pages::files::whole).cached(Cache::Asked),
        page("/files/{id}/{size}", WhoMaySee, pages::files::smaller).cached(Cache::Asked),
        deed("/uploads", Members, pages::uploads::begin).rated(Rate::Upload),
        page("/uploads/{id}", WhoMayDo, pages::uploads::show),
        Route { body: PIECE, ..piece },
        deed("/uploads/{id}/cancel", WhoMayDo, pages::uploads::cancel),
    ]
}
