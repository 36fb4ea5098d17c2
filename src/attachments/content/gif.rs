use super::{Unfit, moving::Stripped};

/// Reads a GIF block by block (`GIF89a` specification, appendix A) and keeps the header, the frames, what says
/// how long each is shown and how often all are. Comments, other programs' blocks and whatever follows the end
/// are left out.
pub(super) fn strip(bytes: &[u8], most_frames: usize) -> Result<Option<Stripped>, Unfit> {
    let mut from = From { bytes, at: 0 };
    let mut kept = Vec::with_capacity(bytes.len());
    let header = from.take(13)?;
    let side = |at: usize| u32::from(u16::from_le_bytes([header[at], header[at + 1]]));
    let (width, height) = (side(6), side(8));
    kept.extend_from_slice(header);
    kept.extend_from_slice(from.take(colors(header[10]))?);
    let mut frames = 0;
    loop {
        let start = from.at;
        match from.take(1)?[0] {
            0x21 => {
                let label = from.take(1)?[0];
                let blocks = from.at;
                from.blocks()?;
                let repeats = bytes[blocks..].starts_with(b"\x0bNETSCAPE2.0");
                if label == 0xf9 || (label == 0xff && repeats) {
                    kept.extend_from_slice(&bytes[start..from.at]);
                }
            }
            0x2c => {
                frames += 1;
                if frames > most_frames {
                    return Err(Unfit::TooLively);
                }
                let flags = from.take(9)?[8];
                from.take(colors(flags))?;
                from.take(1)?;
                from.blocks()?;
                kept.extend_from_slice(&bytes[start..from.at]);
            }
            0x3b => break,
            _ => return Err(Unfit::Broken),
        }
    }
    kept.push(0x3b);
    Ok(Some(Stripped { bytes: kept, width, height, frames }))
}

/// Bytes of the table of colors that these flags announce.
fn colors(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

struct From<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> From<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Unfit> {
        let taken = self.bytes.get(self.at..self.at + count).ok_or(Unfit::Broken)?;
        self.at += count;
        Ok(taken)
    }

    /// Passes blocks of up to 255 bytes until the empty one that ends them.
    fn blocks(&mut self) -> Result<(), Unfit> {
        loop {
            match self.take(1)?[0] {
                0 => return Ok(()),
                length => self.take(usize::from(length))?,
            };
        }
    }
}
