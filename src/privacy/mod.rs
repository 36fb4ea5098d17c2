//! What the community holds about a member: the copy of it that they can take, and how it goes when they
//! leave.
//!
//! `docs/data-map.toml` says of every column what it is for, how long it is kept and what becomes of it;
//! tests hold the schema, the copy ([`copy`]) and the erasure ([`erasure`]) against it.
//!
//! Erasing writes in other rooms' tables, which nobody else may: what leaving means stands in one place and
//! is looked at as a whole, not spread over as many files as there are rooms. Ledgers are never edited; they
//! hold numbers of members, and after an erasure a number says nothing.

mod actions;
mod copy;
mod erasure;
mod forms;
mod html;
mod mails;
mod pages;
mod store;
mod withdrawal;

use crate::{
    jobs::Kind,
    members::closing::ERASE,
    route::{Policy, Rate, Route, deed, page},
};

pub(crate) use store::copies::forget_old;

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    use Policy::Members;
    vec![
        page("/settings/data", Members, pages::show),
        deed("/settings/data", Members, pages::create).rated(Rate::Hash),
        page("/settings/data/copy", Members, pages::download),
    ]
}

/// Jobs of this room.
pub const JOBS: &[Kind] = &[
    Kind { name: ERASE, run: |app, db, payload| Box::pin(erasure::erase(app, db, payload)) },
    Kind { name: copy::MAKE, run: |app, db, payload| Box::pin(copy::make(app, db, payload)) },
    Kind { name: mails::ASKED, run: |app, db, payload| Box::pin(mails::asked(app, db, payload)) },
    Kind { name: mails::READY, run: |app, db, payload| Box::pin(mails::ready(app, db, payload)) },
];
