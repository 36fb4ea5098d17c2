use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The shape of archives that this version writes; it reads none that are newer.
const FORMAT: u32 = 1;

/// What an archive says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The shape of the archive.
    pub format: u32,
    /// The Candor that wrote it.
    pub version: String,
    /// The newest migration of the schema.
    pub schema: i64,
    /// The major version of PostgreSQL it was dumped from.
    pub postgresql: u32,
    /// When, in RFC 3339.
    pub created: String,
    /// How the server was set up, without secrets: for whoever sets up the next one.
    pub settings: BTreeMap<String, String>,
    /// Everything else in the archive.
    pub parts: Vec<Part>,
    /// Rows of each table.
    pub rows: BTreeMap<String, i64>,
}

/// A file in the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name there.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its contents, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    pub(super) const FORMAT: u32 = FORMAT;

    pub(super) fn read(text: &[u8]) -> Result<Self> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let head: Head = serde_json::from_slice(text).context("this is no backup of Candor's")?;
        if head.format > FORMAT {
            bail!("the backup was made by a newer Candor; restore it with that");
        }
        serde_json::from_slice(text).context("the backup's manifest cannot be read")
    }
}
