//! Where the contents of uploaded files lie: on disk, or in memory for tests.
//!
//! A *blob* is named by the SHA-256 of its bytes, so the same content is stored once and no name that
//! somebody chose is ever part of a path. A *part* is an upload on its way in, under a random name of ours.
//! Blobs lie in the folder `files` of the data folder, which backups take along; parts in `uploads`, which
//! they leave out. Several servers share them by sharing the folder.
//!
//! Invariants: a blob is whole or not there (written beside, synced, renamed, the folder synced); what is
//! acknowledged survives a power cut; a blob is never changed.

mod disk;
mod hash;

use bytes::Bytes;
use futures_util::{StreamExt, future::ready, stream::BoxStream};
use std::{
    collections::HashMap,
    io,
    ops::Range,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

pub use hash::Hash;

/// The folder of blobs in the data folder.
pub const FILES: &str = "files";

/// A lock in the database: held together by backups while they read, and alone by whoever takes contents away.
pub const KEPT_BY_BACKUPS: i64 = 0x0063_616e_646f_7201;

/// The store.
#[derive(Debug, Clone)]
pub enum Blobs {
    /// Two folders.
    Disk(disk::Folders),
    /// Two maps, for tests.
    Memory(Arc<Mutex<Shelves>>),
}

/// What the store in memory holds.
#[derive(Debug, Default)]
pub struct Shelves {
    blobs: HashMap<Hash, Bytes>,
    parts: HashMap<Uuid, Vec<u8>>,
}

impl Blobs {
    /// The store in a data folder; makes its folders when they are first needed.
    pub fn disk(data: &Path) -> Self {
        Self::Disk(disk::Folders::below(data))
    }

    /// A store that ends with the process.
    pub fn memory() -> Self {
        Self::Memory(Arc::default())
    }

    /// Stores a content that is not there yet, and waits until it is safe.
    ///
    /// # Errors
    /// Those of the disk; then nothing is there.
    pub async fn put(&self, hash: Hash, content: Bytes) -> io::Result<()> {
        match self {
            Self::Disk(folders) => folders.work(move |folders| folders.put(hash, &content)).await,
            Self::Memory(shelves) => {
                held(shelves).blobs.entry(hash).or_insert(content);
                Ok(())
            }
        }
    }

    /// A range of a content, piece by piece.
    ///
    /// # Errors
    /// Those of the disk, also where there is no such content.
    pub async fn open(
        &self,
        hash: Hash,
        range: Range<u64>,
    ) -> io::Result<BoxStream<'static, io::Result<Bytes>>> {
        match self {
            Self::Disk(folders) => folders.open(hash, range).await,
            Self::Memory(shelves) => {
                let content = held(shelves).blobs.get(&hash).cloned().ok_or_else(missing)?;
                let part = content.slice(range.start as usize..range.end as usize);
                Ok(futures_util::stream::once(ready(Ok(part))).boxed())
            }
        }
    }

    /// Whether the content is there and is what its name says.
    ///
    /// # Errors
    /// Those of the disk, but for a content that is not there.
    pub async fn is_whole(&self, hash: Hash) -> io::Result<bool> {
        match self {
            Self::Disk(folders) => folders.work(move |folders| folders.is_whole(hash)).await,
            Self::Memory(shelves) => {
                Ok(held(shelves).blobs.get(&hash).is_some_and(|content| Hash::of(content) == hash))
            }
        }
    }

    /// Takes a content away; nothing, where it is not there.
    ///
    /// # Errors
    /// Those of the disk.
    pub async fn remove(&self, hash: Hash) -> io::Result<()> {
        match self {
            Self::Disk(folders) => folders.work(move |folders| folders.remove(hash)).await,
            Self::Memory(shelves) => {
                held(shelves).blobs.remove(&hash);
                Ok(())
            }
        }
    }

    /// Writes a piece of an upload at its place; whatever stood from there on is written over. Where less than
    /// that is there, it writes nothing and says so, lest an upload have a hole.
    ///
    /// # Errors
    /// Those of the disk.
    pub async fn write_part(&self, part: Uuid, at: u64, piece: Bytes) -> io::Result<bool> {
        match self {
            Self::Disk(folders) => {
                folders.work(move |folders| folders.write_part(part, at, &piece)).await
            }
            Self::Memory(shelves) => {
                let mut shelves = held(shelves);
                let content = shelves.parts.entry(part).or_default();
                if (content.len() as u64) < at {
                    return Ok(false);
                }
                content.truncate(at as usize);
                content.extend_from_slice(&piece);
                Ok(true)
            }
        }
    }

    /// All of an upload.
    ///
    /// # Errors
    /// Those of the disk, also where there is no such upload.
    pub async fn part(&self, part: Uuid) -> io::Result<Vec<u8>> {
        match self {
            Self::Disk(folders) => folders.work(move |folders| folders.part(part)).await,
            Self::Memory(shelves) => held(shelves).parts.get(&part).cloned().ok_or_else(missing),
        }
    }

    /// Takes an upload away; nothing, where it is not there.
    ///
    /// # Errors
    /// Those of the disk.
    pub async fn forget_part(&self, part: Uuid) -> io::Result<()> {
        match self {
            Self::Disk(folders) => folders.work(move |folders| folders.forget_part(part)).await,
            Self::Memory(shelves) => {
                held(shelves).parts.remove(&part);
                Ok(())
            }
        }
    }

    /// Takes away what a server that was killed left of a writing, or of an upload that no row names.
    ///
    /// # Errors
    /// Those of the disk.
    pub async fn forget_leftovers(&self) -> io::Result<()> {
        match self {
            Self::Disk(folders) => folders.work(|folders| folders.forget_leftovers()).await,
            Self::Memory(_) => Ok(()),
        }
    }

    /// How many uploads are under way, whoever began them.
    ///
    /// # Errors
    /// Those of the disk.
    pub async fn parts(&self) -> io::Result<usize> {
        match self {
            Self::Disk(folders) => folders.work(|folders| folders.parts()).await,
            Self::Memory(shelves) => Ok(held(shelves).parts.len()),
        }
    }
}

fn held(shelves: &Mutex<Shelves>) -> MutexGuard<'_, Shelves> {
    shelves.lock().unwrap_or_else(PoisonError::into_inner)
}

fn missing() -> io::Error {
    io::ErrorKind::NotFound.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::TryStreamExt;

    async fn read(blobs: &Blobs, hash: Hash, range: Range<u64>) -> io::Result<Vec<u8>> {
        let pieces: Vec<Bytes> = blobs.open(hash, range).await?.try_collect().await?;
        Ok(pieces.concat())
    }

    /// What both stores promise.
    async fn keeps_its_promises(blobs: Blobs) {
        let content = Bytes::from_static(b"what is kept");
        let hash = Hash::of(&content);
        assert!(!blobs.is_whole(hash).await.unwrap());
        blobs.put(hash, content.clone()).await.unwrap();
        blobs.put(hash, content).await.unwrap();
        assert!(blobs.is_whole(hash).await.unwrap());
        assert_eq!(read(&blobs, hash, 0..12).await.unwrap(), b"what is kept");
        assert_eq!(read(&blobs, hash, 5..7).await.unwrap(), b"is");
        blobs.remove(hash).await.unwrap();
        blobs.remove(hash).await.unwrap();
        assert!(read(&blobs, hash, 0..12).await.is_err());

        let part = Uuid::now_v7();
        assert!(blobs.part(part).await.is_err());
        assert!(blobs.write_part(part, 0, Bytes::from_static(b"one two")).await.unwrap());
        // The piece whose answer was lost is sent again.
        assert!(blobs.write_part(part, 4, Bytes::from_static(b"2 three")).await.unwrap());
        // One that would leave a hole is not taken.
        assert!(!blobs.write_part(part, 12, Bytes::from_static(b"!")).await.unwrap());
        assert_eq!(blobs.part(part).await.unwrap(), b"one 2 three");
        assert_eq!(blobs.parts().await.unwrap(), 1);
        blobs.forget_part(part).await.unwrap();
        blobs.forget_part(part).await.unwrap();
        assert_eq!(blobs.parts().await.unwrap(), 0);
    }

    #[tokio::test]
    async fn the_store_in_memory_keeps_its_promises() {
        keeps_its_promises(Blobs::memory()).await;
    }

    #[tokio::test]
    async fn the_store_on_disk_keeps_its_promises_and_tells_a_damaged_content() {
        let data = std::env::temp_dir().join(format!("candor-blobs-{}", Uuid::now_v7()));
        let blobs = Blobs::disk(&data);
        keeps_its_promises(blobs.clone()).await;

        // A server that was started again goes on with what the one before it took.
        let part = Uuid::now_v7();
        blobs.write_part(part, 0, Bytes::from_static(b"one ")).await.unwrap();
        let restarted = Blobs::disk(&data);
        assert!(restarted.write_part(part, 4, Bytes::from_static(b"two")).await.unwrap());
        assert_eq!(restarted.part(part).await.unwrap(), b"one two");

        let hash = Hash::of(b"x");
        blobs.put(hash, Bytes::from_static(b"x")).await.unwrap();
        let name = hash.to_string();
        let file = data.join(FILES).join(&name[..2]).join(&name[2..]);
        std::fs::write(&file, "y").unwrap();
        assert!(!blobs.is_whole(hash).await.unwrap());

        std::fs::remove_dir_all(&data).unwrap();
    }
}
