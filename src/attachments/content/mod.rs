//! What a file is, by its content alone, and what of it is kept. No input or output.
//!
//! Pictures are decoded within limits that are set before anything is decoded, turned the way up they were
//! taken, and written anew from their pixels, so that nothing else of the file is left: no place, no camera,
//! no thumbnail of what was cut off, no second file behind the first. Moving pictures keep their frames as
//! they are and lose every part that is no frame. Other files are kept to the byte and never drawn.

mod gif;
mod kind;
mod moving;
mod name;
mod still;
mod webp;

pub(crate) use kind::label;
pub(crate) use name::tidy as tidy_name;

use crate::{kit::Message, storage::Hash};
use bytes::Bytes;
use kind::Kind;

/// Longest side that the first and the second smaller picture have, across and down.
pub(super) const SMALL: (u32, u32) = (480, 960);
/// See [`SMALL`].
pub(super) const MEDIUM: (u32, u32) = (1280, 2560);
/// Longest sides of a picture that is kept; a larger one is made smaller.
const LARGE: (u32, u32) = (4096, 4096);

/// Longest side of a picture that is decoded at all.
const LONGEST_SIDE: u32 = 16_384;
/// Pixels of one: a photograph of 40 megapixels.
const MOST_PIXELS: u64 = 40_000_000;
/// What the decoder may take for one, in bytes.
const MOST_MEMORY: u64 = 192 * 1024 * 1024;
/// Frames of a moving picture.
const MOST_FRAMES: usize = 600;
/// Pixels of each.
const MOST_MOVING_PIXELS: u64 = 4_000_000;

/// A file as it will be kept.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) content: Content,
    pub(super) media_type: &'static str,
    /// With an ending that fits what it is.
    pub(super) name: String,
    pub(super) picture: Option<Picture>,
}

/// What makes a file a picture.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) moving: bool,
    pub(super) small: Content,
    pub(super) medium: Content,
}

/// Bytes and their name.
#[derive(Debug, Clone)]
pub(super) struct Content {
    pub(super) hash: Hash,
    pub(super) bytes: Bytes,
}

impl Content {
    fn of(bytes: Vec<u8>) -> Self {
        Self { hash: Hash::of(&bytes), bytes: bytes.into() }
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// A drawing that may hold scripts.
    Drawing,
    /// Nothing that is taken.
    Unknown,
    /// It ends early, or is not what it begins as.
    Broken,
    /// More pixels than are decoded.
    TooManyPixels,
    /// More frames, or larger ones.
    TooLively,
}

impl Unfit {
    /// In words, for the form or for the script that sent `name`.
    pub(super) fn words(self, name: &str) -> Message {
        let key = match self {
            Self::Drawing => "upload-drawing",
            Self::Unknown => "upload-unknown",
            Self::Broken => "upload-broken",
            Self::TooManyPixels => "upload-too-many-pixels",
            Self::TooLively => "upload-too-lively",
        };
        Message::with(key, "name", name)
    }
}

/// Makes of a file what is kept of it. Takes up to a second of a core and, at its most, a few hundred
/// megabytes: one at a time, where blocking is allowed.
pub(super) fn examine(bytes: Vec<u8>, name: &str) -> Result<Kept, Unfit> {
    let kind = kind::of(&bytes)?;
    if let Kind::Picture(format) = kind {
        return match moving::frames(format, &bytes)? {
            Some(stripped) => moving::keep(format, stripped, name),
            None => still::keep(format, &bytes, name),
        };
    }
    let name = kind.name(name);
    Ok(Kept { media_type: kind.media_type(), name, content: Content::of(bytes), picture: None })
}

/// How large a picture becomes that has to fit: never larger than it is.
pub(super) fn fitted((width, height): (u32, u32), (wide, high): (u32, u32)) -> (u32, u32) {
    if width <= wide && height <= high {
        return (width, height);
    }
    let by = (f64::from(wide) / f64::from(width)).min(f64::from(high) / f64::from(height));
    let side = |side: u32| ((f64::from(side) * by).round() as u32).max(1);
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_shrink_and_keep_their_shape_and_never_grow() {
        assert_eq!(fitted((100, 100), SMALL), (100, 100));
        assert_eq!(fitted((4000, 3000), SMALL), (480, 360));
        assert_eq!(fitted((1000, 10_000), SMALL), (96, 960));
        assert_eq!(fitted((100_000, 1), SMALL), (480, 1));
    }
}
