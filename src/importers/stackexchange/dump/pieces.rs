//! A file cut into pieces, each from one `<` up to the next.

use std::io::{self, BufRead, Read};

/// A longer piece is no row; the longest post Stack Exchange allows is 30 kB.
const LONGEST: u64 = 64 << 20;
/// What the buffer may keep after a large piece, so that one of them does not stay in memory.
const KEPT: usize = 1 << 20;

/// Cuts without understanding.
///
/// Inside a row every `<` is written `&lt;`, so that the next `<` is always where the next row
/// begins. A row that breaks off therefore costs itself and nothing after it, wherever the line
/// ends are; an XML reader over the whole file would lose its way at the first missing quote.
pub(super) struct Pieces<R> {
    file: R,
    piece: Vec<u8>,
    bytes: u64,
    lines: u64,
}

/// One piece, its `<` included.
pub(super) struct Piece<'a> {
    /// None when it is too long to be looked at.
    pub(super) bytes: Option<&'a [u8]>,
    pub(super) line: u64,
    /// Where its `<` stands in the file.
    pub(super) start: u64,
}

impl<R: BufRead> Pieces<R> {
    /// Whatever stands before the first `<` (a byte-order mark, an empty line) is passed over.
    pub(super) fn new(mut file: R) -> io::Result<Self> {
        let mut before = Vec::new();
        let bytes = file.by_ref().take(LONGEST).read_until(b'<', &mut before)?;
        let lines = newlines(&before);
        Ok(Self { file, piece: Vec::new(), bytes: bytes as u64, lines })
    }

    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        let start = self.bytes.saturating_sub(1);
        self.piece.clear();
        self.piece.shrink_to(KEPT);
        self.piece.push(b'<');
        let length = self.file.by_ref().take(LONGEST).read_until(b'<', &mut self.piece)? as u64;
        if length == 0 {
            return Ok(None);
        }
        self.bytes += length;
        let line = self.lines + 1;
        self.lines += newlines(&self.piece);
        if self.piece.last() == Some(&b'<') {
            self.piece.pop();
        } else if length == LONGEST {
            self.bytes += self.file.skip_until(b'<')? as u64;
            return Ok(Some(Piece { bytes: None, line, start }));
        }
        Ok(Some(Piece { bytes: Some(&self.piece), line, start }))
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, u64)> {
        let mut pieces = Pieces::new(text.as_bytes()).unwrap();
        let mut all = Vec::new();
        while let Some(piece) = pieces.next().unwrap() {
            all.push((String::from_utf8(piece.bytes.unwrap().to_vec()).unwrap(), piece.line));
        }
        assert_eq!(pieces.bytes_read(), text.len() as u64);
        all
    }

    #[test]
    fn a_file_is_cut_at_every_opening_bracket() {
        let pieces = cut("\u{FEFF}<a>\r\n  <row b=\"c\" />\r\n<row b=\"");
        let expected = [("<a>\r\n  ", 1), ("<row b=\"c\" />\r\n", 2), ("<row b=\"", 3)];
        assert_eq!(pieces, expected.map(|(text, line)| (text.to_owned(), line)));
        assert!(cut("").is_empty());
        assert!(cut("no brackets at all").is_empty());
    }

    #[test]
    fn a_piece_without_end_is_passed_over_in_constant_memory() {
        let endless = io::repeat(b'x').take(3 * LONGEST);
        let file = (&b"<row "[..]).chain(endless).chain(&b"<row/>"[..]);
        let mut pieces = Pieces::new(io::BufReader::new(file)).unwrap();
        assert!(pieces.next().unwrap().unwrap().bytes.is_none());
        assert_eq!(pieces.next().unwrap().unwrap().bytes, Some(&b"<row/>"[..]));
        assert!(pieces.next().unwrap().is_none());
        assert_eq!(pieces.bytes_read(), 5 + 3 * LONGEST + 6);
    }
}
