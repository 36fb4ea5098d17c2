//! Groups: members who belong together, such as testers or a circle of regulars. What a group may do on
//! which boards is for [`crate::access`] to say, which stands below this room and joins its members.
//!
//! Words: into an *open* group one goes by oneself; into one *by request* the owners let one; into one by
//! *invitation* they bring one; a *hidden* one does so too, and does not exist for anybody who is not in
//! it, administrators apart. *Owners* let others in and out. A group may take in whoever holds a *rank*.
//!
//! Invariants: every list, count, profile and door joins the SQL function `visible_groups`; who is let in
//! or out by somebody else stands in the log of administration ([`crate::audit`]).

pub(crate) mod access;
mod actions;
pub(crate) mod brought;
mod forms;
mod group;
mod pages;
pub(crate) mod invited;
pub(crate) mod ranks;
pub(crate) mod store;

use crate::route::{Policy, Route, deed, page};

pub use actions::{
    Answer, GroupEdit, add, approve, change, decline, delete, found, join, leave, make_owner,
    remove, request, unmake_owner, withdraw,
};
pub use forms::{GroupForm, HandleForm};
pub use group::{Can, Group, Kind, Membership, group_url};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    use Policy::{Everybody, WhoMayDo, WhoMaySee};
    vec![
        page("/groups", Everybody, pages::index),
        page("/g/{slug}", WhoMaySee, pages::show),
        deed("/g/{slug}/join", WhoMayDo, pages::join),
        deed("/g/{slug}/leave", WhoMayDo, pages::leave),
        deed("/g/{slug}/request", WhoMayDo, pages::request),
        deed("/g/{slug}/request/undo", WhoMayDo, pages::withdraw),
        deed("/g/{slug}/members", WhoMayDo, pages::add),
        deed("/g/{slug}/members/{handle}/remove", WhoMayDo, pages::remove),
        deed("/g/{slug}/requests/{handle}/approve", WhoMayDo, pages::approve),
        deed("/g/{slug}/requests/{handle}/decline", WhoMayDo, pages::decline),
    ]
}
