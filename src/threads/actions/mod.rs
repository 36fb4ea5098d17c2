mod attend;
mod moderate;
mod start;

pub(super) use attend::{follow, mark_read, mute, unfollow};
pub use moderate::{lock, pin};
pub(super) use moderate::{unlock, unpin};
pub use start::{NewThread, Started, start, thread_in};
