//! SQL of this room.

pub(super) mod copies;
pub(super) mod erase;
pub(super) mod held;
