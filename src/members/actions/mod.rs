mod join;
mod passwords;
mod profile;
mod sessions;

pub use join::{NewMember, join, promote};
pub(super) use join::{SignUp, confirm, send_confirmation, sign_up};
pub use passwords::set_password;
pub(super) use passwords::{request_reset, reset};
pub use profile::edit_profile;
pub(super) use sessions::{end_other_sessions, end_session, sign_in, sign_out};
