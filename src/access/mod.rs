//! Who may do what. The rules are data: what a role, a group or a single member may do on a board stands
//! in `board_rights`, which this room alone writes; the one visibility filter over it is the SQL function
//! `visible_boards`, which every listing and door joins.
//!
//! Words: a *rule* says how far somebody (a [`Subject`]) may go in a [`Place`], a board or a category; it
//! may say *nothing*, so that what the category gives does not hold. A board *inherits* the rules of its
//! category, one by one, unless it has one of its own for the same subject. What it inherits is written
//! beside its own whenever a rule changes, so that reading costs the same however rights came about.
//! What somebody's roles, groups and own rules give them *adds up*; nothing is ever taken away by adding.
//!
//! A page never decides by itself: it asks the noun (`thread.can(…)`), which decides by the [`Level`]
//! that the filter returned. That is all there is to moderators of single boards: their level there is
//! [`Level::Moderate`]. [`Staff`] and [`Admin`] are proofs: a function that takes one cannot be called
//! without. Administrators may do everything everywhere; no rule is asked about them, so that nobody can
//! lock the community's door and lose the key.

mod actions;
mod capabilities;
pub(crate) mod explain;
mod level;
mod proof;
pub(crate) mod rights;
mod rules;
pub(crate) mod store;

pub use actions::{Asked, set_rights};
pub(crate) use capabilities::keep_capability;
pub use capabilities::{Capability, settle_capabilities};
pub use explain::Right;
pub use level::Level;
pub use proof::{Admin, Staff};
pub use rights::{Audience, open_board};
pub use rules::{Place, Rule, Subject};
