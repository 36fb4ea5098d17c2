//! A file of the dump read out of order.

use super::{Notes, OpenError, Row, pieces::Piece, reader::row};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    marker::PhantomData,
    path::Path,
};

/// Where a row stands in its file: twelve bytes to remember instead of its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    pub(super) start: u64,
    /// Rows are at most 64 MB long.
    pub(super) length: u32,
}

/// One file whose rows can be had again, in any order, by the places that [`super::Rows`] told.
pub struct Shelf<T> {
    file: File,
    piece: Vec<u8>,
    row: PhantomData<fn() -> T>,
}

impl<T: Row> Shelf<T> {
    /// Opens the table's file in the folder of a dump.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let failed = |error| OpenError::Io(folder.into(), error);
        let path = T::TABLE.find(folder).map_err(failed)?.ok_or(OpenError::Absent(T::TABLE))?;
        let file = File::open(&path).map_err(|error| OpenError::Io(path, error))?;
        Ok(Self { file, piece: Vec::new(), row: PhantomData })
    }

    /// The row at a place.
    ///
    /// # Errors
    /// Those of the disk; a file that has changed since it told the place.
    pub fn row(&mut self, place: Place) -> io::Result<T> {
        self.piece.resize(place.length as usize, 0);
        self.file.seek(SeekFrom::Start(place.start))?;
        self.file.read_exact(&mut self.piece)?;
        let piece = Piece { bytes: Some(&self.piece), line: 0, start: place.start };
        let read = row(&piece, &mut None, &mut Notes::default());
        let changed = || io::Error::other(format!("{}.xml has changed meanwhile", T::TABLE));
        read.ok().flatten().ok_or_else(changed)
    }
}
