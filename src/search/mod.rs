//! Search: the words of posts, one result for each thread.
//!
//! A search looks at the youngest [`store::CANDIDATES`] posts that match and ranks those; it is given up
//! when it takes too long. What that costs for which words, see `store::found`. What is found is what
//! the viewer may read: the query joins `visible_boards`, and tombstones and closed threads are left out.
//!
//! Invariant: marked words come out of the database as text between two private characters and are
//! taken apart here, so that nothing the database says reaches a page as HTML.

mod pages;
mod query;
mod snippet;
mod store;

use crate::route::{Policy, Rate, Route, page};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    vec![page("/search", Policy::WhoMaySee, pages::show).rated(Rate::Search)]
}
