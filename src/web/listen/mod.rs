//! The front gate: from a listening socket to requests for the router, and back.
//!
//! It stands in for `axum::serve`, which has no header timeout (200 of 200 half-sent requests were
//! still open after 75 s) and whose graceful shutdown never ends while an event stream is open.
//!
//! Invariants:
//! - No client can hold a connection by doing nothing: every wait for a client has an end, be it for
//!   a request head, the next request, a body, a reader, or a goodbye.
//! - The number of connections is bounded, for the node and for each client address; one too many is
//!   told so and closed.
//! - A failing `accept` (no file descriptors left) slows the gate down; it neither ends nor spins it.
//! - After the shutdown token, [`serve`] returns within [`Limits::drain`] and a little.
//!
//! Words: a *place* is the right to be one of the counted connections, *patience* is what is left of
//! the time a client is given, *linger* is the moment between our goodbye and the hanging up.

mod body;
mod connection;
mod farewell;
mod gate;
mod limits;
mod patience;
mod places;
mod socket;

pub use farewell::until_shutdown;
pub use gate::serve;
pub use limits::{Exempt, Limits, Pace};
