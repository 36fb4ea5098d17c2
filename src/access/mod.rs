//! Who may do what. The rules are data in `board_rights`, which this room alone writes; the one
//! visibility filter is the SQL function `visible_boards`, which every listing and door joins.
//!
//! A page never decides by itself: it asks the noun (`thread.can(…)`), which decides by the
//! [`Level`] that the filter returned. [`Staff`] and [`Admin`] are proofs: a function that takes
//! one cannot be called without.

mod level;
mod proof;
mod rights;
mod store;

pub use level::Level;
pub use proof::{Admin, Staff};
pub use rights::{Audience, open_board};
