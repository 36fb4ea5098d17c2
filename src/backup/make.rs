use super::{
    DUMP, FILES, Place, archive,
    manifest::{Manifest, Part},
    scratch, store,
};
use crate::{
    database::as_owner,
    doctor::{self, Finding},
};
use anyhow::{Context, Result, bail};
use sqlx::{ConnectOptions, Connection};
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A backup that was made.
pub struct Made {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Size of the file.
    pub bytes: u64,
    /// How far it was proved to be good.
    pub proof: Proof,
    /// What the doctor says of the database, and of the backup just the same.
    pub findings: Vec<Finding>,
}

/// How far a backup was proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Restored beside the real database: the same rows and the same findings.
    Restored,
    /// Read back, with the right checksums: the login may not make databases.
    ReadBack,
}

/// Writes a backup to `target`, which must not be there unless it may be replaced.
///
/// # Errors
/// Everything that keeps it from being a good one; then `target` is as it was.
pub async fn make(
    place: &Place<'_>,
    target: &Path,
    replace: bool,
    settings: BTreeMap<String, String>,
    now: OffsetDateTime,
) -> Result<Made> {
    if target.exists() && !replace {
        bail!("{} is there already; --force replaces it", target.display());
    }
    let workshop = Workshop::beside(target)?;
    let mut keeper = as_owner(place.owner.clone()).connect().await?;
    store::keep_contents(&mut keeper).await?;
    let (manifest, findings) = dump(place, &workshop, settings, now).await?;
    let proof = pack_and_prove(place, &workshop, &manifest, &findings, now).await?;
    keeper.close().await?;
    let finished = workshop.folder.join("finished");
    let bytes = fs::metadata(&finished)?.len();
    fs::rename(&finished, target)
        .with_context(|| format!("cannot put the backup at {}", target.display()))?;
    Ok(Made { manifest, bytes, proof, findings })
}

/// Dumps the database and weighs every part, all in one snapshot.
async fn dump(
    place: &Place<'_>,
    workshop: &Workshop,
    settings: BTreeMap<String, String>,
    now: OffsetDateTime,
) -> Result<(Manifest, Vec<Finding>)> {
    let mut db = as_owner(place.owner.clone()).connect().await?;
    let mut tx = db.begin().await?;
    let snapshot = store::snapshot(&mut tx).await?;
    let dump = workshop.folder.join(DUMP);
    // Made first, so that it is ours alone from its first byte.
    archive::private(&dump)?;
    place.tools.dump(&snapshot, &dump).await?;
    let rows = store::rows(&mut tx).await?;
    let findings = doctor::look(&mut tx, now).await?;
    let schema = store::schema(&mut tx).await?;
    tx.rollback().await?;
    db.close().await?;

    let files = place.data.join(FILES);
    let parts = tokio::task::spawn_blocking(move || weigh(&dump, &files)).await??;
    let manifest = Manifest {
        format: Manifest::FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema,
        postgresql: place.tools.major(),
        created: now.format(&Rfc3339)?,
        settings,
        parts,
        rows,
    };
    Ok((manifest, findings))
}

fn weigh(dump: &Path, files: &Path) -> Result<Vec<Part>> {
    let mut parts = vec![archive::part(dump, DUMP)?];
    let mut folders = vec![files.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if entry.file_type()?.is_file() {
                let below =
                    path.strip_prefix(files)?.to_str().context("a file's name is no text")?;
                parts.push(archive::part(&path, &format!("{FILES}/{below}"))?);
            }
        }
    }
    Ok(parts)
}

async fn pack_and_prove(
    place: &Place<'_>,
    workshop: &Workshop,
    manifest: &Manifest,
    findings: &[Finding],
    now: OffsetDateTime,
) -> Result<Proof> {
    let (packing, folder) = (manifest.clone(), workshop.folder.clone());
    let files = place.data.to_owned();
    let again = workshop.folder.join("again");
    let unpacked = again.clone();
    let read = tokio::task::spawn_blocking(move || {
        let finished = folder.join("finished");
        archive::pack(&finished, &packing, |part| match part {
            DUMP => folder.join(DUMP),
            file => files.join(file),
        })?;
        archive::unpack(&finished, &unpacked)
    })
    .await??;
    if read != *manifest {
        bail!("the backup does not read as it was written");
    }
    let Some(tried) = scratch::try_out(place, &again.join(DUMP), now).await? else {
        return Ok(Proof::ReadBack);
    };
    if tried.rows != manifest.rows {
        bail!("the restored backup has other rows than the database:\n{}", {
            difference(&manifest.rows, &tried.rows)
        });
    }
    if tried.findings != findings {
        bail!("the doctor finds other things in the restored backup than in the database");
    }
    Ok(Proof::Restored)
}

pub(super) fn difference(ours: &BTreeMap<String, i64>, theirs: &BTreeMap<String, i64>) -> String {
    let mut names: Vec<&String> = ours.keys().chain(theirs.keys()).collect();
    names.sort();
    names.dedup();
    let count = |of: &BTreeMap<String, i64>, name: &str| of.get(name).copied().unwrap_or(0);
    names
        .into_iter()
        .filter(|name| ours.get(*name) != theirs.get(*name))
        .map(|name| format!("  {name}: {} and {}", count(ours, name), count(theirs, name)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A folder of ours alone, gone when the work ends, however it ends.
pub(super) struct Workshop {
    pub(super) folder: PathBuf,
}

impl Workshop {
    pub(super) fn beside(target: &Path) -> Result<Self> {
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let name = target.file_name().context("name a file")?.to_string_lossy();
        let folder = parent.join(format!(".{name}.{}", std::process::id()));
        fs::DirBuilder::new()
            .mode(0o700)
            .create(&folder)
            .with_context(|| format!("cannot make a folder in {}", parent.display()))?;
        Ok(Self { folder })
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            tracing::warn!("cannot remove {}: {error}", self.folder.display());
        }
    }
}
