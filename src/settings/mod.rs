//! What administrators change at run time. Few, each with the reason it exists.

mod store;

pub use store::{change, current};

/// The community as its owner wants it to be known.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Stands in the header and in mails, because people must know whose community it is.
    pub community: String,
    /// Stands in the mark on posts by staff, because people must know who speaks for whom.
    pub brand: String,
    /// The one sentence a guest reads first on the home page.
    pub welcome: String,
}
