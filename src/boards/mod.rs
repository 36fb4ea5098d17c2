//! Boards: places for threads of one kind, under categories.
//!
//! A board's *style* says what its threads are: discussion, questions (which can be solved) or
//! announcements (which staff begin). Its counts are spread over shards, so that two replies in one
//! board need not wait for each other. An *archived* board stays readable and takes no more posts.

mod actions;
mod board;
pub(crate) mod counts;
pub(crate) mod founding;
mod pages;
pub(crate) mod store;

use crate::route::{Policy, Route, page};

pub use actions::{
    Arranged, BoardEdit, Order, Way, archive, arrange, edit, found_board, found_category,
    move_board, move_category, open, open_category, rename_category, reopen,
};
pub(crate) use actions::{open_category_in, open_in, version_of};
pub use board::{Board, Style, board_url};
pub use founding::{NewBoard, NewCategory};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    vec![
        page("/boards", Policy::Everybody, pages::index),
        page("/b/{slug}", Policy::WhoMaySee, pages::show),
    ]
}
