use super::{FILES, Hash};
use bytes::Bytes;
use futures_util::{StreamExt, stream::BoxStream};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    ops::Range,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;
use uuid::Uuid;

/// The folder of parts in the data folder.
const PARTS: &str = "uploads";

/// Read at once: a picture comes in a few pieces, and a slow reader holds little.
const PIECE: usize = 64 * 1024;

/// No upload is under way for so long.
const LEFT_OVER: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// The two folders.
#[derive(Debug, Clone)]
pub struct Folders {
    blobs: Arc<Path>,
    parts: Arc<Path>,
}

impl Folders {
    pub(super) fn below(data: &Path) -> Self {
        Self { blobs: data.join(FILES).into(), parts: data.join(PARTS).into() }
    }

    /// Does `what` where waiting for the disk holds nobody up.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        what: impl FnOnce(&Self) -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        let folders = self.clone();
        tokio::task::spawn_blocking(move || what(&folders)).await.map_err(io::Error::other)?
    }

    /// Two letters of the name are a folder: no folder grows to millions of files.
    fn place(&self, hash: Hash) -> (PathBuf, PathBuf) {
        let name = hash.to_string();
        let folder = self.blobs.join(&name[..2]);
        let file = folder.join(&name[2..]);
        (folder, file)
    }

    fn part_place(&self, part: Uuid) -> PathBuf {
        self.parts.join(part.to_string())
    }

    pub(super) fn put(&self, hash: Hash, content: &[u8]) -> io::Result<()> {
        let (folder, file) = self.place(hash);
        if file.try_exists()? {
            // Whoever wrote it may have been killed before its name was safe.
            return File::open(&folder)?.sync_all();
        }
        make(&folder)?;
        make(&self.parts)?;
        // Beside, under a name of this writing alone; backups do not look there.
        let unfinished = self.part_place(Uuid::now_v7());
        let written = write_all(&unfinished, content).and_then(|()| fs::rename(&unfinished, &file));
        if let Err(error) = written {
            let _ = fs::remove_file(&unfinished);
            return Err(error);
        }
        // The name as well has to survive a power cut, and so has the folder's.
        File::open(&folder)?.sync_all()?;
        File::open(&self.blobs)?.sync_all()
    }

    pub(super) async fn open(
        &self,
        hash: Hash,
        range: Range<u64>,
    ) -> io::Result<BoxStream<'static, io::Result<Bytes>>> {
        let mut file = tokio::fs::File::open(self.place(hash).1).await?;
        file.seek(SeekFrom::Start(range.start)).await?;
        let part = file.take(range.end - range.start);
        Ok(ReaderStream::with_capacity(part, PIECE).boxed())
    }

    pub(super) fn is_whole(&self, hash: Hash) -> io::Result<bool> {
        let mut file = match File::open(self.place(hash).1) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            file => file?,
        };
        let mut found = Sha256::new();
        let mut piece = vec![0; PIECE];
        loop {
            match file.read(&mut piece)? {
                0 => return Ok(Hash::finished(found) == hash),
                read => found.update(&piece[..read]),
            }
        }
    }

    pub(super) fn remove(&self, hash: Hash) -> io::Result<()> {
        gone(fs::remove_file(self.place(hash).1))
    }

    pub(super) fn write_part(&self, part: Uuid, at: u64, piece: &[u8]) -> io::Result<bool> {
        make(&self.parts)?;
        let mut file = private().truncate(false).create(true).open(self.part_place(part))?;
        if file.metadata()?.len() < at {
            return Ok(false);
        }
        file.set_len(at)?;
        file.seek(SeekFrom::Start(at))?;
        file.write_all(piece)?;
        // A browser that is told that a piece is here never sends it again.
        file.sync_data()?;
        if at == 0 {
            File::open(&self.parts)?.sync_all()?;
        }
        Ok(true)
    }

    pub(super) fn part(&self, part: Uuid) -> io::Result<Vec<u8>> {
        fs::read(self.part_place(part))
    }

    pub(super) fn forget_part(&self, part: Uuid) -> io::Result<()> {
        gone(fs::remove_file(self.part_place(part)))
    }

    pub(super) fn forget_leftovers(&self) -> io::Result<()> {
        make(&self.parts)?;
        for entry in fs::read_dir(&self.parts)? {
            let entry = entry?;
            let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
            if age > LEFT_OVER {
                gone(fs::remove_file(entry.path()))?;
            }
        }
        Ok(())
    }

    pub(super) fn parts(&self) -> io::Result<usize> {
        match fs::read_dir(&self.parts) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            entries => Ok(entries?.count()),
        }
    }
}

/// Files of members are for this server alone.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

fn make(folder: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

fn write_all(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = private().create_new(true).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
