//! The file: packing, and unpacking with every checksum looked at.

use super::manifest::{Manifest, Part};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, BufReader, BufWriter, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Component, Path},
};

const MANIFEST: &str = "manifest.json";

/// zstd's own default: a good third of the size for little time.
const LEVEL: i32 = 3;

/// A file that only we may read: backups hold addresses and password hashes.
pub(super) fn private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Weighs a file that is to be a part.
pub(super) fn part(file: &Path, name: &str) -> Result<Part> {
    let mut from = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut hashing = Hashing::new(io::sink());
    let bytes = io::copy(&mut from, &mut hashing)?;
    Ok(Part { path: name.to_owned(), bytes, sha256: hashing.hex() })
}

/// Writes the archive to `target`, which must not be there, with `parts` found by `locate`, and
/// waits until it is on disk.
pub(super) fn pack<'a>(
    target: &Path,
    manifest: &'a Manifest,
    locate: impl Fn(&'a str) -> std::path::PathBuf,
) -> Result<()> {
    let file = private(target).with_context(|| format!("cannot write {}", target.display()))?;
    let mut tar = tar::Builder::new(zstd::Encoder::new(BufWriter::new(file), LEVEL)?);
    let text = serde_json::to_vec_pretty(manifest)?;
    tar.append_data(&mut header(text.len() as u64), MANIFEST, text.as_slice())?;
    for part in &manifest.parts {
        let from = File::open(locate(&part.path))?;
        // Of the size that was weighed: a file that has grown since does not spoil what follows.
        tar.append_data(&mut header(part.bytes), &part.path, from.take(part.bytes))
            .with_context(|| format!("cannot pack {}", part.path))?;
    }
    let file = tar.into_inner()?.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(())
}

fn header(size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header
}

/// Reads an archive whole and compares every part with its checksum; writes the parts below `into`.
pub(super) fn unpack(archive: &Path, into: &Path) -> Result<Manifest> {
    let file = File::open(archive).with_context(|| format!("cannot read {}", archive.display()))?;
    let broken = || format!("{} is not a whole backup", archive.display());
    let decoder = zstd::Decoder::new(BufReader::new(file)).with_context(broken)?;
    let mut tar = tar::Archive::new(decoder);
    let mut entries = tar.entries().with_context(broken)?;
    let mut first = entries.next().with_context(broken)?.with_context(broken)?;
    if first.path()?.as_ref() != Path::new(MANIFEST) {
        bail!("{}: this is no backup of Candor's", archive.display());
    }
    let mut text = Vec::new();
    first.read_to_end(&mut text).with_context(broken)?;
    let manifest = Manifest::read(&text)?;
    let mut expected: BTreeMap<&str, &Part> =
        manifest.parts.iter().map(|part| (part.path.as_str(), part)).collect();
    for entry in entries {
        let mut entry = entry.with_context(broken)?;
        let name = entry.path()?.to_string_lossy().into_owned();
        let Some(part) = expected.remove(name.as_str()) else {
            bail!("{}: {name} is in the backup and not in its manifest", archive.display())
        };
        let target = into.join(inside(&name)?);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut to = Hashing::new(BufWriter::new(private(&target)?));
        let bytes = io::copy(&mut entry, &mut to).with_context(broken)?;
        to.flush()?;
        if bytes != part.bytes || to.hex() != part.sha256 {
            bail!("{}: {name} is damaged: its checksum is another", archive.display());
        }
    }
    if let Some(missing) = expected.keys().next() {
        bail!("{}: {missing} is missing from the backup", archive.display());
    }
    Ok(manifest)
}

/// A name that stays below the folder it is unpacked in.
fn inside(name: &str) -> Result<&Path> {
    let path = Path::new(name);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    if plain { Ok(path) } else { bail!("the backup holds a file with the name {name}") }
}

/// Passes bytes on and keeps their hash.
struct Hashing<W> {
    to: W,
    hash: Sha256,
}

impl<W> Hashing<W> {
    fn new(to: W) -> Self {
        Self { to, hash: Sha256::new() }
    }

    fn hex(&self) -> String {
        self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
