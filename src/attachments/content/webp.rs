use super::{Unfit, moving::Stripped};

/// Of the flags in `VP8X`: the picture moves, and can be seen through.
const MOVES: u8 = 0x02;
const SEEN_THROUGH: u8 = 0x10;

/// Reads a moving WebP chunk by chunk (RFC 9649) and keeps its frames and how they follow each other. The
/// others (EXIF, XMP, a profile of colors, unknown ones) are left out. Nothing, where it does not move.
pub(super) fn strip(bytes: &[u8], most_frames: usize) -> Result<Option<Stripped>, Unfit> {
    let riff = bytes.get(..12).ok_or(Unfit::Broken)?;
    let length = u32::from_le_bytes([riff[4], riff[5], riff[6], riff[7]]) as usize;
    let body = bytes.get(12..8 + length).ok_or(Unfit::Broken)?;
    let mut kept = Vec::with_capacity(body.len());
    let (mut size, mut frames) = (None, 0);
    for chunk in chunks(body) {
        let (name, content) = chunk?;
        match name {
            // A second one is left out: what is measured is what is shown.
            b"VP8X" if content.len() == 10 && size.is_none() => {
                if content[0] & MOVES == 0 {
                    return Ok(None);
                }
                let side = |at: usize| {
                    u32::from_le_bytes([content[at], content[at + 1], content[at + 2], 0]) + 1
                };
                size = Some((side(4), side(7)));
                let mut content = content.to_vec();
                content[0] &= MOVES | SEEN_THROUGH;
                put(&mut kept, name, &content);
            }
            b"ANIM" => put(&mut kept, name, content),
            b"ANMF" => {
                frames += 1;
                if frames > most_frames {
                    return Err(Unfit::TooLively);
                }
                put(&mut kept, name, &frame(content)?);
            }
            // One that says of itself first thing that it stands still.
            b"VP8 " | b"VP8L" if size.is_none() => return Ok(None),
            _ => {}
        }
    }
    let (width, height) = size.ok_or(Unfit::Broken)?;
    let length = u32::try_from(kept.len() + 4).map_err(|_| Unfit::Broken)?;
    let mut bytes = Vec::with_capacity(kept.len() + 12);
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(b"WEBP");
    bytes.extend_from_slice(&kept);
    Ok(Some(Stripped { bytes, width, height, frames }))
}

/// A frame with its picture alone.
fn frame(content: &[u8]) -> Result<Vec<u8>, Unfit> {
    let (head, inside) = content.split_at_checked(16).ok_or(Unfit::Broken)?;
    let mut kept = head.to_vec();
    for chunk in chunks(inside) {
        let (name, content) = chunk?;
        if matches!(name, b"ALPH" | b"VP8 " | b"VP8L") {
            put(&mut kept, name, content);
        }
    }
    Ok(kept)
}

type Chunk<'a> = (&'a [u8; 4], &'a [u8]);

fn chunks(mut rest: &[u8]) -> impl Iterator<Item = Result<Chunk<'_>, Unfit>> {
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some((name, after)) = rest.split_first_chunk::<4>() else {
            rest = &[];
            return Some(Err(Unfit::Broken));
        };
        let content = after.split_first_chunk::<4>().and_then(|(length, after)| {
            let length = u32::from_le_bytes(*length) as usize;
            let content = after.get(..length)?;
            // Chunks begin at even places.
            rest = after.get(length + length % 2..).unwrap_or_default();
            Some(content)
        });
        if content.is_none() {
            rest = &[];
        }
        Some(content.map(|content| (name, content)).ok_or(Unfit::Broken))
    })
}

fn put(kept: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    kept.extend_from_slice(name);
    kept.extend_from_slice(&(content.len() as u32).to_le_bytes());
    kept.extend_from_slice(content);
    if content.len() % 2 == 1 {
        kept.push(0);
    }
}
