//! SQL of this room.

pub(super) mod copies;
pub(super) mod erase;
pub(super) mod erase_files;
pub(super) mod held;
pub(super) mod rewrite;
