mod address;
mod closing;
mod factors;
mod join;
mod passkeys;
mod passwords;
mod profile;
pub(super) mod providers;
mod roles;
mod sessions;

pub(super) use address::{change_address, request_address};
pub use closing::close_account;
pub(super) use closing::{close_own, reopen};
pub(super) use factors::{
    AppConfirmed, AppRemoved, begin_app, begun_seed, confirm_app, remove_app, renew_codes,
};
pub use factors::{take_factors, take_factors_from};
pub(crate) use join::{FirstAccount, join_first};
pub use join::{NewMember, join};
pub(super) use join::{SignUp, Way, confirm, send_confirmation, sign_up};
pub(super) use passkeys::{
    Added, Asked, ByPasskey, add_passkey, ask_for_passkey, begin_passkey, remove_passkey,
    rename_passkey, second_step_by_passkey, sign_in_by_passkey,
};
pub(super) use passwords::{Change, Reset, change_password, request_reset, reset};
pub use passwords::{PasswordSet, set_password};
pub use profile::edit_profile;
pub(super) use profile::{read_as, stand_on_leaderboards};
pub use providers::{
    Changed as ProviderChanged, Mapped, SecretEdit, add_provider, change_provider,
};
pub use roles::{end_sessions_of, grant, promote, revoke};
pub(crate) use sessions::{Admission, shows_self};
pub(super) use sessions::{
    SecondStep, SignedIn, end_other_sessions, end_session, is_pending, second_step, sign_in,
    sign_out,
};
