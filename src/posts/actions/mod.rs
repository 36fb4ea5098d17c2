mod delete;
mod edit;
mod reply;

pub use delete::delete;
pub use edit::{Edit, Edited, edit};
pub use reply::{NewReply, Replied, reply};
