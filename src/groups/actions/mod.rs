mod insiders;
mod own;
mod whole;

pub use insiders::{Answer, add, approve, decline, make_owner, remove, unmake_owner};
pub use own::{join, leave, request, withdraw};
pub use whole::{GroupEdit, change, delete, found};
