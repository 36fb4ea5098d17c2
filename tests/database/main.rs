//! The database from outside: starting, dying and coming back; migrating; lending connections.
//!
//! Its own test binary because it re-executes itself as the server that gets `kill -9`.
//! Clusters live in `/dev/shm` under names of their own; only processes started here are killed.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod connections;
mod external;
mod migrations;
mod place;
mod private_postgresql;
mod proxy;
mod refusals;
mod restarts;
