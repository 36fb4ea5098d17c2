//! The one door through which the server asks other servers for something.
//!
//! An address may come from a stranger, so nothing behind the operator's firewall is asked: a name is looked
//! up once, every address it has is judged, and the connection goes to one that was judged well.
//! Redirects are not followed, answers are bounded, and the whole conversation has one deadline.

mod client;
mod reachable;

pub use client::{Outbound, Unreached};
