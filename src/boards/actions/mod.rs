mod found;
mod order;
mod run;

pub use found::{found_board, found_category};
pub(crate) use order::version_of;
pub use order::{Arranged, Order, Way, arrange, move_board, move_category};
pub use run::{BoardEdit, archive, edit, open, open_category, rename_category, reopen};
pub(crate) use run::{open_category_in, open_in};
