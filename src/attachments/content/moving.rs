use super::{
    Content, Kept, MOST_FRAMES, MOST_MOVING_PIXELS, Picture, Unfit, gif, kind::Kind, still, webp,
};
use image::ImageFormat;

/// A moving picture without whatever is no frame.
#[derive(Debug)]
pub(super) struct Stripped {
    pub(super) bytes: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) frames: usize,
}

/// The picture stripped, where it moves. One that is larger than its frames may be is refused before any
/// of them is decoded.
pub(super) fn frames(format: ImageFormat, bytes: &[u8]) -> Result<Option<Stripped>, Unfit> {
    let stripped = match format {
        ImageFormat::Gif => gif::strip(bytes, MOST_FRAMES)?,
        ImageFormat::WebP => webp::strip(bytes, MOST_FRAMES)?,
        _ => return Ok(None),
    };
    let Some(stripped) = stripped.filter(|stripped| stripped.frames > 1) else { return Ok(None) };
    if u64::from(stripped.width) * u64::from(stripped.height) > MOST_MOVING_PIXELS {
        return Err(Unfit::TooLively);
    }
    Ok(Some(stripped))
}

/// Keeps the frames, and draws the first of them for those who have not asked to see it move.
pub(super) fn keep(format: ImageFormat, moving: Stripped, name: &str) -> Result<Kept, Unfit> {
    let (small, medium) = still::poster(format, &moving.bytes)?;
    let (width, height) = (moving.width, moving.height);
    Ok(Kept {
        media_type: format.to_mime_type(),
        name: Kind::Picture(format).name(name),
        picture: Some(Picture { width, height, moving: true, small, medium }),
        content: Content::of(moving.bytes),
    })
}
