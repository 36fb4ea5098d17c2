//! Accounts: signing up and in, sessions, profiles.
//!
//! A member has a *handle* (in addresses and mentions; unique so that no two can be taken for each
//! other) and a *name* (shown; not unique). An e-mail address belongs to a member only once it is
//! *confirmed*; until then any number of accounts may claim it, so that nobody can be kept out by a
//! stranger and sign-up need not tell whether an address is known.
//!
//! A member may also sign in by a *provider* of OpenID Connect. Who they are there is the subject that its
//! issuer names, never an address; the *round* to it and back belongs to one browser and is good once; whoever
//! *arrives* without an account chooses what becomes of it. Whoever has a *second factor* (an app that makes
//! codes, or a passkey) is asked for it after the password, or the provider, however it was proved; see
//! `factors/`.
//!
//! Invariants: passwords, session cookies, recovery codes and mailed links are stored as hashes only, and what
//! an app makes its codes of is sealed; one function lets proven identities in (`admit`) and one begins
//! sessions ([`session::begin`]); a changed password ends all others, a new role all. An account that its
//! member closed is a *former member* to everybody at once ([`closing`]).

mod actions;
pub(crate) mod closing;
mod device;
mod factors;
mod forms;
mod mails;
mod member;
pub(crate) mod newcomer;
mod pages;
pub(crate) mod provider;
mod puzzle;
mod reading;
pub mod session;
mod store;
mod strength;
mod token;
mod viewer;
mod views;
mod year;

use crate::{
    jobs::Kind,
    route::{Policy, Rate, Route, deed, page},
};

pub use actions::{
    Mapped, NewMember, PasswordSet, ProviderChanged, SecretEdit, add_provider, change_provider,
    close_account, edit_profile, end_sessions_of, grant, join, promote, revoke, set_password,
    take_factors, take_factors_from,
};
pub use store::providers::ProviderEdit;

pub(crate) use actions::{Admission, FirstAccount, join_first, shows_self};
pub use device::Device;
pub(crate) use forms::{check_account, check_invited, check_password};
pub(crate) use member::is_former;
pub use member::{Author, profile_url, tone};
pub(crate) use pages::{
    admitted,
    factors::not_you,
    sessions::{device as device_of, way as way_of},
};
pub use reading::{Reading, Size};
pub use store::by_id;
pub(crate) use store::factors::hold;
pub(crate) use store::{
    anybody, brought_roles, by_handle, count, factors as seeds, has_administrator, has_password,
    passkeys, providers, puzzles, rounds, sessions, set_replies_by_help, steps, tokens,
};
pub(crate) use strength::{Owner, weakness};
pub use viewer::{Member, Role, Viewer};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    use Policy::{Everybody, Members, WhoMaySee};
    vec![
        page("/sign-up", Everybody, pages::sign_up::new),
        deed("/sign-up", Everybody, pages::sign_up::create).rated(Rate::Hash),
        page("/join/{token}", Everybody, pages::invited::new),
        deed("/join/{token}", Everybody, pages::invited::create).rated(Rate::Hash),
        page("/sign-in", Everybody, pages::sign_in::new),
        deed("/sign-in", Everybody, pages::sign_in::create).rated(Rate::Hash),
        deed("/sign-in/passkey/ask", Everybody, pages::second_step::ask_anybody),
        deed("/sign-in/passkey", Everybody, pages::second_step::sign_in_by_passkey),
        page("/sign-in/second-step", Everybody, pages::second_step::show),
        deed("/sign-in/second-step", Everybody, pages::second_step::create),
        deed("/sign-in/second-step/passkey/ask", Everybody, pages::second_step::ask_waiting),
        deed("/sign-in/second-step/passkey", Everybody, pages::second_step::by_passkey),
        deed("/sign-in/with/{slug}", Everybody, pages::providers::begin).rated(Rate::Outside),
        page("/sign-in/with/{slug}/back", Everybody, pages::providers::come_back)
            .rated(Rate::Outside)
            .finished(),
        page("/sign-in/arrival", Everybody, pages::providers::arrival::show),
        deed("/sign-in/arrival", Everybody, pages::providers::arrival::create).rated(Rate::Hash),
        deed("/sign-in/arrival/link", Members, pages::providers::arrival::link).rated(Rate::Hash),
        deed("/sign-out", Everybody, pages::sign_in::destroy),
        page("/reset-password", Everybody, pages::reset::new),
        deed("/reset-password", Everybody, pages::reset::create).rated(Rate::Mail),
        page("/reset-password/{token}", Everybody, pages::reset::edit),
        deed("/reset-password/{token}", Everybody, pages::reset::update).rated(Rate::Hash),
        page("/confirm/{token}", Everybody, pages::confirm::show),
        deed("/confirm/{token}", Everybody, pages::confirm::create),
        page("/m/{handle}", WhoMaySee, pages::profile::show),
        page("/reading", Everybody, pages::reading::edit),
        deed("/reading", Everybody, pages::reading::update),
        page("/settings", Members, pages::settings::edit),
        deed("/settings", Members, pages::settings::update).with_text(),
        page("/settings/sessions", Members, pages::sessions::index),
        deed("/settings/sessions/end", Members, pages::sessions::destroy_others),
        deed("/settings/sessions/{id}/end", Members, pages::sessions::destroy),
        page("/settings/security", Members, pages::security::show),
        page("/settings/factors", Members, pages::factors::show),
        page("/settings/factors/app", Members, pages::factor_app::show),
        deed("/settings/factors/app", Members, pages::factor_app::begin).rated(Rate::Hash),
        deed("/settings/factors/app/confirm", Members, pages::factor_app::confirm),
        deed("/settings/factors/app/remove", Members, pages::factor_app::remove).rated(Rate::Hash),
        page("/settings/factors/codes", Members, pages::factors::edit_codes),
        deed("/settings/factors/codes", Members, pages::factors::renew_codes).rated(Rate::Hash),
        page("/settings/factors/new-passkey", Members, pages::passkeys::new),
        deed("/settings/factors/passkeys", Members, pages::passkeys::create).rated(Rate::Hash),
        deed("/settings/factors/passkeys/finish", Members, pages::passkeys::finish),
        page("/settings/factors/passkeys/{id}", Members, pages::passkeys::edit),
        deed("/settings/factors/passkeys/{id}", Members, pages::passkeys::update),
        deed("/settings/factors/passkeys/{id}/remove", Members, pages::passkeys::destroy)
            .rated(Rate::Hash),
        deed("/settings/email", Members, pages::security::request_address).rated(Rate::Mail),
        deed("/settings/password", Members, pages::security::change_password).rated(Rate::Hash),
        page("/settings/close", Members, pages::close::show),
        deed("/settings/close", Members, pages::close::create).rated(Rate::Hash),
        page("/reopen/{token}", Everybody, pages::close::before_reopening),
        deed("/reopen/{token}", Everybody, pages::close::reopen),
        deed("/settings/providers/{slug}/link", Members, pages::providers::own::link)
            .rated(Rate::Outside),
        deed("/settings/providers/{slug}/unlink", Members, pages::providers::own::unlink)
            .rated(Rate::Hash),
        deed("/settings/providers/{slug}/prove", Members, pages::providers::own::prove)
            .rated(Rate::Outside),
        deed("/settings/confirm", Members, pages::security::send_confirmation).rated(Rate::Mail),
    ]
}

/// Jobs of this room.
pub const JOBS: &[Kind] = &[
    Kind {
        name: mails::CONFIRM,
        run: |app, db, payload| Box::pin(mails::confirm(app, db, payload)),
    },
    Kind { name: mails::RESET, run: |app, db, payload| Box::pin(mails::reset(app, db, payload)) },
    Kind { name: mails::CHANGE, run: |app, db, payload| Box::pin(mails::change(app, db, payload)) },
    Kind {
        name: mails::FAREWELL,
        run: |app, db, payload| Box::pin(mails::farewell(app, db, payload)),
    },
    Kind { name: mails::NOTICE, run: |app, db, payload| Box::pin(mails::notice(app, db, payload)) },
];
