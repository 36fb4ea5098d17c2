//! What brings a community over from another house.
//!
//! An importer is an edge: it reads what the other side left on disk and writes through the rooms'
//! own cores, as [`Actor::IMPORT`](crate::outbox::Actor::IMPORT), at the original times, many deeds to
//! a transaction. What has come is kept in the table `imported`, so that an import that was
//! interrupted goes on and one that is done changes nothing.

mod imported;
pub mod stackexchange;
mod store;
