//! Invitations: links by which people become members, also where nobody may by themselves.
//!
//! Some are *handed on* and good for a number of people; some are *mailed* to one address and good once. A
//! mailed one proves the address to whoever joins with it. Either can bring into groups, and gives no role.
//!
//! Invariants: only the hash of a link is stored, and it is shown or mailed once; a place is taken in the
//! transaction that makes the account ([`invitation::claim`]), so that no place is taken twice; nothing that
//! administrators see tells whether an address is a member's already; addresses of those who never came are
//! erased.

mod actions;
mod csv;
mod forms;
mod invitation;
mod mails;
mod store;

use crate::jobs::Kind;

pub use actions::{Mailing, NewInvitation, invite, mail, withdraw};
pub use forms::{Choice, InvitationForm, MailingForm};
pub(crate) use invitation::{Open, brought, claim, usable};
pub(crate) use store::{Joiner, Line, forget_addresses, joiners, line, lines};

/// Jobs of this room.
pub const JOBS: &[Kind] = &[Kind {
    name: mails::INVITE,
    run: |app, db, payload| Box::pin(mails::invite(app, db, payload)),
}];
