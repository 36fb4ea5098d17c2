//! Applications: sign-ups that wait, for an administrator who looks at them or for the mail that proves the
//! address.
//!
//! Somebody who waits is no member: they stand in a table of their own, so that no list, profile, count or
//! completion needs to know of them. Their handle is kept for them meanwhile. Signing in, they see *where they
//! stand* and nothing else; a cookie of its own says whose application it is, and no session begins. Whoever
//! waits for approval comes into the queue when the address is proved. *Approved*, they become a member and the
//! application goes; *declined*, it is erased 30 days later, and what is never proved after seven.
//!
//! Invariants: cookies and links are stored as hashes only; what administrators decide stands in the log, by
//! numbers and without words of the person.

mod actions;
mod application;
mod hints;
mod mails;
mod pages;
mod store;

use crate::{
    jobs::Kind,
    route::{Policy, Rate, Route, deed, page},
};

pub use actions::{approve, decline};
pub(crate) use application::{Identity, NewApplication, WaitsFor, apply, show_to};
pub(crate) use hints::hints;
pub(crate) use store::{
    Declined, Waiting, by_subject, declined, forget, is_crowded, meant_by, queue,
};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    use Policy::Everybody;
    vec![
        page("/sign-up/waiting", Everybody, pages::show),
        deed("/sign-up/waiting/mail", Everybody, pages::send_again).rated(Rate::Mail),
        deed("/sign-up/waiting/withdraw", Everybody, pages::withdraw),
        page("/sign-up/confirm/{token}", Everybody, pages::before_confirming),
        deed("/sign-up/confirm/{token}", Everybody, pages::confirm),
    ]
}

/// Jobs of this room.
pub const JOBS: &[Kind] = &[
    Kind {
        name: mails::CONFIRM,
        run: |app, db, payload| Box::pin(mails::confirm(app, db, payload)),
    },
    Kind {
        name: mails::APPROVED,
        run: |app, db, payload| Box::pin(mails::approved(app, db, payload)),
    },
    Kind {
        name: mails::DECLINED,
        run: |app, db, payload| Box::pin(mails::declined(app, db, payload)),
    },
];
