//! The front gate under slow, many, leaving and too many clients, on real sockets.
//!
//! Every test has been seen to fail with its guard taken out.
#![expect(
    clippy::disallowed_methods,
    reason = "a test's router has no rooms to take its routes from"
)]
#![expect(clippy::unwrap_used, reason = "a test may fail anywhere, also in what its tests share")]

mod client;
mod crowds;
mod deeds;
mod drain;
mod manners;
mod node;
mod overload;
mod slow;
