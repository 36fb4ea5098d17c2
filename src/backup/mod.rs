//! Everything in one file, and back.
//!
//! A backup is a tar archive compressed with zstd: `manifest.json`, `database.dump` (PostgreSQL's
//! custom format, without roles) and `files/`. The manifest has a checksum of every part and the
//! number of rows of every table, all of one snapshot, so a backup can be made of a server at work.
//!
//! Invariants: an unfinished backup never has the name of a finished one; a finished one has been read
//! back and, where the login may make databases, restored into one beside and compared; restoring is
//! one transaction, so the target is as it was or as the backup says; nothing restored is sent again; every
//! content that a row of the snapshot names is among the files, because rows come after their contents and
//! nothing is taken away while a backup is made.

mod archive;
mod make;
mod manifest;
mod put_back;
mod scratch;
mod store;
mod tools;

pub use make::{Made, Proof, make};
pub use manifest::Manifest;
pub use put_back::{PutBack, Quieted, put_back};
pub use tools::Tools;

use crate::storage::FILES;
use sqlx::postgres::PgConnectOptions;
use std::path::Path;

/// What is backed up, or restored into.
pub struct Place<'a> {
    /// The login that owns the schema.
    pub owner: &'a PgConnectOptions,
    /// The login that may do most.
    pub admin: &'a PgConnectOptions,
    /// PostgreSQL's own programs, told how to connect.
    pub tools: Tools,
    /// The data folder.
    pub data: &'a Path,
}

/// The name of the database's part; members' files lie in [`FILES`], here and in the data folder.
const DUMP: &str = "database.dump";
