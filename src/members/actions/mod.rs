mod address;
mod closing;
mod join;
mod passwords;
mod profile;
mod roles;
mod sessions;

pub(super) use address::{change_address, request_address};
pub use closing::close_account;
pub(super) use closing::{close_own, reopen};
pub use join::{NewMember, join};
pub(super) use join::{SignUp, confirm, send_confirmation, sign_up};
pub(super) use passwords::{Change, Reset, change_password, request_reset, reset};
pub use passwords::{PasswordSet, set_password};
pub use profile::edit_profile;
pub use roles::{grant, promote, revoke};
pub(crate) use sessions::is_password_of;
pub(super) use sessions::{end_other_sessions, end_session, sign_in, sign_out};
