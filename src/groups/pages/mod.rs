mod deeds;
mod index;
mod show;

pub(super) use deeds::{approve, decline, join, leave, remove, request, withdraw};
pub(super) use index::index;
pub(super) use show::{add, show};
