//! Set-up: how an empty installation becomes a community with an administrator, a name, a color and its first
//! boards. An edge: it founds members, boards and settings by those rooms' own deeds, in one transaction.
//!
//! It is open exactly as long as the installation has no member at all, whoever made the first: this page, the
//! command line, an import or the demonstration. Members never vanish, so that it opens once. While it is open
//! every address leads here, but for static files and health checks; afterwards none of these pages exists.
//!
//! Whoever comes shows by a *code* that they run the server, for they can read its log: made anew at each start,
//! kept hashed, worthless after a day or after too many wrong guesses. Their browser then holds a *pass*.

mod actions;
mod forms;
mod gate;
mod pages;
mod store;
mod suggested;

use crate::route::{Policy, Rate, Route, deed, page};

pub use actions::{Start, begin};
pub use gate::lead;

/// This edge's addresses.
pub fn routes() -> Vec<Route> {
    use Policy::Everybody;
    vec![
        page("/set-up", Everybody, pages::show),
        deed("/set-up", Everybody, pages::create).rated(Rate::Hash),
        deed("/set-up/code", Everybody, pages::enter).rated(Rate::Guess),
    ]
}
