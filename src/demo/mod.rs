//! The sample community: the people, boards and threads of an invented maker of heating controls.
//!
//! It is written through the rooms' own deeds, in the order in which things are said to have
//! happened and each at its own time, so that ledgers, counts and inboxes come out as they would have.
//! No mail leaves the house.
//!
//! Invariants: only an empty community is filled. Filling that was interrupted goes on where it
//! stopped: the number of deeds done is kept, and the one deed that may be done twice bears it.

mod deeds;
mod fill;
mod inboxes;
mod perform;
mod sample;
mod store;

pub use fill::{Filled, fill};

/// Whose staff it is.
const BRAND: &str = "Larkfield";

/// What the community is called.
const COMMUNITY: &str = "Larkfield Community";

/// What a guest reads first.
const WELCOME: &str = "Questions and answers about Larkfield heating controls, from the people who live with \
                       them and the people who build them.";

/// The password of the demonstration logins. Known to everybody, so the demonstration is no place for
/// anything real.
pub const PASSWORD: &str = "larkfield-demo";

/// Somebody to be in the demonstration.
#[derive(Debug, Clone, Copy)]
pub struct Login {
    /// What they are.
    pub role: &'static str,
    /// What they sign in as.
    pub handle: &'static str,
}

/// Who can sign in.
pub const LOGINS: [Login; 4] = [
    Login { role: "Member", handle: "maya" },
    Login { role: "Moderator", handle: "tomas" },
    Login { role: "Brand staff", handle: "ines" },
    Login { role: "Administrator", handle: "ruth" },
];
