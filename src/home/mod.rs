//! The home page: what the place is, what concerns the viewer, and the life of the boards.

mod pages;
mod views;

use crate::route::{Policy, Route, page};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    vec![
        page("/", Policy::Everybody, pages::show),
        page("/questions/{which}", Policy::WhoMaySee, pages::lists::of_all),
        page("/my/{which}", Policy::Members, pages::lists::of_own),
    ]
}
