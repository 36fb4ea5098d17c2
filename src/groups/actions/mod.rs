mod insiders;
mod own;
mod whole;

pub use insiders::{Answer, add, approve, decline, owner, remove};
pub use own::{join, leave, request, withdraw};
pub use whole::{GroupEdit, change, delete, found};
