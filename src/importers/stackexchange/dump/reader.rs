//! A file of the dump as an iterator of typed rows.

use super::{
    Fields, Notes, Reason, Skipped, Table,
    pieces::{Piece, Pieces},
    shelf::Place,
};
use quick_xml::events::{BytesStart, Event};
use std::{
    borrow::Cow,
    fmt,
    fs::File,
    io::{self, BufRead, BufReader},
    marker::PhantomData,
    path::{Path, PathBuf},
};

/// What a row of one table is made of.
pub trait Row: Sized {
    const TABLE: Table;
    /// Columns left out on purpose; any other column that `read` does not ask for is noted.
    const IGNORED: &'static [&'static str] = &[];

    fn read(fields: &mut Fields<'_>) -> Result<Self, Reason>;
}

/// Why a file could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Older dumps lack some of the eight.
    #[error("there is no {0}.xml in the folder")]
    Absent(Table),
    #[error("{0} is UTF-16; convert it to UTF-8 first")]
    Utf16(PathBuf),
    #[error("cannot read {0}: {1}")]
    Io(PathBuf, #[source] io::Error),
}

/// A row, or why there is none; the outer error is the disk's and ends the reading.
pub type Read<T> = io::Result<Result<T, Skipped>>;

/// The rows of one file, in the order of the file, one in memory at a time.
pub struct Rows<T> {
    pieces: Pieces<BufReader<File>>,
    length: u64,
    notes: Notes,
    place: Place,
    over: bool,
    row: PhantomData<fn() -> T>,
}

impl<T: Row> Rows<T> {
    /// Opens the table's file in the folder of a dump.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let found = T::TABLE.find(folder).map_err(|error| OpenError::Io(folder.into(), error))?;
        let path = found.ok_or(OpenError::Absent(T::TABLE))?;
        let failed = |error| OpenError::Io(path.clone(), error);
        let file = File::open(&path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        let mut file = BufReader::with_capacity(1 << 17, file);
        let start = file.fill_buf().map_err(failed)?;
        if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
            return Err(OpenError::Utf16(path));
        }
        let pieces = Pieces::new(file).map_err(failed)?;
        let notes = Notes { breaks_off: true, ..Notes::default() };
        Ok(Self { pieces, length, notes, place: Place::default(), over: false, row: PhantomData })
    }

    /// Where the row that was last handed out stands, for [`super::Shelf`].
    pub fn place(&self) -> Place {
        self.place
    }

    /// How much of the file has been read, for a progress bar.
    pub fn bytes_read(&self) -> u64 {
        self.pieces.bytes_read()
    }

    /// The length of the file.
    pub fn bytes_total(&self) -> u64 {
        self.length
    }

    /// What has been odd so far; complete when the rows are through.
    pub fn notes(&self) -> &Notes {
        &self.notes
    }
}

impl<T: Row> Iterator for Rows<T> {
    type Item = Read<T>;

    fn next(&mut self) -> Option<Read<T>> {
        while !self.over {
            let piece = match self.pieces.next() {
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(error) => {
                    self.over = true;
                    return Some(Err(error));
                }
            };
            let line = piece.line;
            let length = piece.bytes.map_or(0, <[u8]>::len);
            let place = Place { start: piece.start, length: length as u32 };
            let mut id = None;
            match row(&piece, &mut id, &mut self.notes) {
                Ok(None) => {}
                Ok(Some(row)) => {
                    self.notes.rows_read += 1;
                    self.place = place;
                    return Some(Ok(Ok(row)));
                }
                Err(reason) => {
                    self.notes.rows_skipped += 1;
                    return Some(Ok(Err(Skipped { table: T::TABLE, line, id, reason })));
                }
            }
        }
        self.over = true;
        None
    }
}

/// Reads a piece; none if it is no row and is not meant to be one.
pub(super) fn row<T: Row>(
    piece: &Piece<'_>,
    id: &mut Option<i64>,
    notes: &mut Notes,
) -> Result<Option<T>, Reason> {
    let text = String::from_utf8_lossy(piece.bytes.ok_or(Reason::TooLong)?);
    notes.rows_not_utf8 += u64::from(matches!(text, Cow::Owned(_)));
    let mut xml = quick_xml::Reader::from_str(&text);
    // A closing tag stands alone in its piece.
    xml.config_mut().allow_unmatched_ends = true;
    let outermost = |name: &[u8]| name.eq_ignore_ascii_case(T::TABLE.name().as_bytes());
    let tag = match xml.read_event() {
        Ok(Event::Empty(tag) | Event::Start(tag)) => tag,
        Ok(Event::End(tag)) => {
            notes.breaks_off &= !outermost(tag.name().as_ref());
            return Ok(None);
        }
        Ok(_) => return Ok(None),
        Err(quick_xml::Error::Syntax(_)) => return Err(Reason::CutShort),
        Err(error) => return Err(Reason::Malformed(error.to_string())),
    };
    match tag.name().as_ref() {
        b"row" => {}
        name if outermost(name) => return Ok(None),
        name => {
            let name = String::from_utf8_lossy(name).chars().take(40).collect();
            return Err(Reason::Unexpected(name));
        }
    }
    let columns = columns(&tag, id)?;
    let after = usize::try_from(xml.buffer_position()).ok().and_then(|end| text.get(end..));
    notes.texts_between_rows += u64::from(after.is_some_and(|after| !after.trim().is_empty()));
    let mut fields = Fields::new(columns, notes);
    let row = T::read(&mut fields)?;
    fields.note_the_rest(T::IGNORED);
    Ok(Some(row))
}

/// Names and values as written; the id is found even if a later column is broken.
fn columns<'a>(
    tag: &'a BytesStart<'_>,
    id: &mut Option<i64>,
) -> Result<Vec<(&'a str, Cow<'a, str>)>, Reason> {
    let malformed = |error: &dyn fmt::Display| Reason::Malformed(error.to_string());
    let mut columns = Vec::with_capacity(24);
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| malformed(&error))?;
        let name = str::from_utf8(attribute.key.into_inner()).map_err(|error| malformed(&error))?;
        let value = match attribute.value {
            Cow::Borrowed(value) => str::from_utf8(value).map(Cow::Borrowed),
            Cow::Owned(value) => {
                String::from_utf8(value).map(Cow::Owned).map_err(|e| e.utf8_error())
            }
        };
        let value = value.map_err(|error| malformed(&error))?;
        if name == "Id" {
            *id = value.parse().ok();
        }
        columns.push((name, value));
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::importers::stackexchange::dump::{TagRow, UserRow};
    use std::fs;

    /// The rows of a file with this content, and what was odd.
    fn tags(name: &str, content: &[u8]) -> (Vec<Result<TagRow, String>>, Notes) {
        let folder =
            std::env::temp_dir().join(format!("candor-dump-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("tags.xml"), content).unwrap();
        let mut rows = Rows::<TagRow>::open(&folder).unwrap();
        let read = rows.by_ref().map(|row| row.unwrap().map_err(|skipped| skipped.to_string()));
        let read = read.collect();
        assert_eq!(rows.bytes_read(), rows.bytes_total());
        fs::remove_dir_all(&folder).unwrap();
        (read, rows.notes)
    }

    fn names(read: &[Result<TagRow, String>]) -> Vec<&str> {
        read.iter().map(|row| row.as_ref().map_or_else(String::as_str, |tag| &tag.name)).collect()
    }

    #[test]
    fn a_row_cut_in_the_middle_costs_only_itself() {
        let file = b"<tags><row Id='1' TagName='a'/>\n<row Id=\"2\" TagName=\"b\n<row Id=\"3\" TagName=\"c\"/></tags>";
        let (read, notes) = tags("middle", file);
        assert_eq!(names(&read), ["a", "Tags line 2: the row is cut short", "c"]);
        assert!(!notes.breaks_off);
    }

    #[test]
    fn a_file_that_breaks_off_between_rows_says_so() {
        let (read, notes) = tags("between", b"<tags><row Id='1' TagName='a'></row>\n");
        assert_eq!(names(&read), ["a"]);
        assert!(notes.breaks_off);
        let (read, notes) = tags("empty", b"");
        assert!(read.is_empty() && notes.breaks_off);
    }

    #[test]
    fn what_is_no_row_of_this_table_is_not_taken_for_one() {
        let file = b"<?xml version='1.0'?><!-- hi --><html><row TagName='a'/><row Id='x' TagName='b'/><row Id='4' TagName=b/></html>";
        let (read, _) = tags("html", file);
        assert_eq!(
            names(&read)[..3],
            [
                "Tags line 1: an element <html> where rows of this table belong",
                "Tags line 1: Id is missing",
                "Tags line 1: Id is not a whole number",
            ]
        );
        assert!(names(&read)[3].starts_with("Tags line 1 (id 4): the row is not well-formed"));
    }

    #[test]
    fn odd_values_and_columns_are_noted_and_the_row_is_kept() {
        let file = b"<tags><row Id='1' TagName='\xFFa' Count='many' Color='red' IsRequired='True'/> and <row Id='2' TagName='b' Count=''/></tags>";
        let (read, notes) = tags("odd", file);
        assert_eq!(names(&read), ["\u{FFFD}a", "b"]);
        assert_eq!(
            notes.oddities(),
            [
                "1 rows are not UTF-8",
                "1 texts between rows, not read",
                "Count: 1 values make no sense and count as absent",
                "Color: unknown column in 1 rows, not read",
            ]
        );
    }

    #[test]
    fn a_missing_file_and_utf_16_are_told_apart() {
        let folder = std::env::temp_dir().join(format!("candor-dump-{}-utf16", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("Tags.xml"), b"\xFF\xFE<\0t\0").unwrap();
        assert!(matches!(Rows::<TagRow>::open(&folder), Err(OpenError::Utf16(_))));
        assert!(matches!(Rows::<UserRow>::open(&folder), Err(OpenError::Absent(Table::Users))));
        fs::remove_dir_all(&folder).unwrap();
        assert!(matches!(Rows::<UserRow>::open(&folder), Err(OpenError::Io(..))));
    }
}
