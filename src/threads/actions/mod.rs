mod attend;
mod join;
mod me_too;
mod moderate;
mod start;
mod tags;

pub(super) use attend::{follow, mark_read, mute, order, unfollow};
pub(super) use join::{Joining, join, part};
pub use me_too::{not_me, say_me_too};
pub use moderate::{lock, pin};
pub(super) use moderate::{unlock, unpin};
pub use start::{NewThread, Started, start, thread_in};
pub(crate) use tags::{Added, TagEdit, add_synonym, edit_tag, remove_synonym};
pub(super) use tags::{follow_tag, unfollow_tag};
