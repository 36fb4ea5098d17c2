use super::{
    Content, Kept, LARGE, LONGEST_SIDE, MEDIUM, MOST_MEMORY, MOST_PIXELS, Picture, SMALL, Unfit,
    fitted, kind::Kind,
};
use fast_image_resize::{ResizeOptions, Resizer};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
};
use std::io::Cursor;

/// Of the picture that is kept, and of the smaller ones.
const QUALITY: u8 = 88;
const SMALLER_QUALITY: u8 = 82;

/// A picture without gaps that is longer than this as PNG is a photograph, and kept as JPEG.
const LONGEST_PNG: usize = 2 * 1024 * 1024;

/// Decodes a picture and writes it anew in three sizes.
pub(super) fn keep(format: ImageFormat, bytes: &[u8], name: &str) -> Result<Kept, Unfit> {
    if format == ImageFormat::Jpeg && !ends(bytes) {
        return Err(Unfit::Broken);
    }
    let large = decode(format, bytes)?;
    let (width, height) = (large.width(), large.height());
    let (content, format) = match format {
        ImageFormat::Jpeg => (jpeg(&large, QUALITY)?, ImageFormat::Jpeg),
        _ => lossless(&large)?,
    };
    let content = Content::of(content);
    let smaller = |size| match fitted((width, height), size) == (width, height) {
        true => Ok(content.clone()),
        false => small(&large, size),
    };
    let (medium, small) = (smaller(MEDIUM)?, smaller(SMALL)?);
    Ok(Kept {
        media_type: format.to_mime_type(),
        name: Kind::Picture(format).name(name),
        picture: Some(Picture { width, height, moving: false, small, medium }),
        content,
    })
}

/// The two smaller pictures of a moving one: its first frame.
pub(super) fn poster(format: ImageFormat, bytes: &[u8]) -> Result<(Content, Content), Unfit> {
    let first = decode(format, bytes)?;
    Ok((small(&first, SMALL)?, small(&first, MEDIUM)?))
}

/// Decodes within limits, no larger than is kept, the right way up.
fn decode(format: ImageFormat, bytes: &[u8]) -> Result<DynamicImage, Unfit> {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unfit)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(Unfit::TooManyPixels);
    }
    let orientation = decoder.orientation().map_err(unfit)?;
    let decoded = DynamicImage::from_decoder(decoder).map_err(unfit)?;
    let mut picture = match decoded.color().has_alpha() {
        true => DynamicImage::ImageRgba8(decoded.into_rgba8()),
        false => DynamicImage::ImageRgb8(decoded.into_rgb8()),
    };
    // Smaller first: turning takes as much memory again.
    if fitted((width, height), LARGE) != (width, height) {
        picture = resized(&picture, LARGE)?;
    }
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn unfit(error: image::ImageError) -> Unfit {
    match error {
        image::ImageError::Limits(_) => Unfit::TooManyPixels,
        _ => Unfit::Broken,
    }
}

/// Whether a JPEG comes to its end: the decoder would fill what is missing with grey. Looks behind the
/// headers, for a thumbnail in them has an end of its own.
fn ends(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let [0xff, marker, high, low, ..] = bytes.get(at..).unwrap_or_default() {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        match marker {
            0xff => at += 1,
            0xda => return bytes[at..].windows(2).any(|pair| pair == [0xff, 0xd9]),
            _ => at += 2 + length,
        }
    }
    false
}

fn small(picture: &DynamicImage, size: (u32, u32)) -> Result<Content, Unfit> {
    let picture = &resized(picture, size)?;
    let bytes = match seen_through(picture) {
        true => png(picture)?,
        false => jpeg(picture, SMALLER_QUALITY)?,
    };
    Ok(Content::of(bytes))
}

/// As PNG, unless it is a long one that would be as good as JPEG.
fn lossless(picture: &DynamicImage) -> Result<(Vec<u8>, ImageFormat), Unfit> {
    let bytes = png(picture)?;
    if bytes.len() > LONGEST_PNG && !seen_through(picture) {
        return Ok((jpeg(picture, QUALITY)?, ImageFormat::Jpeg));
    }
    Ok((bytes, ImageFormat::Png))
}

fn seen_through(picture: &DynamicImage) -> bool {
    picture.as_rgba8().is_some_and(|pixels| pixels.pixels().any(|pixel| pixel.0[3] < 255))
}

fn resized(picture: &DynamicImage, size: (u32, u32)) -> Result<DynamicImage, Unfit> {
    let (width, height) = fitted((picture.width(), picture.height()), size);
    let mut smaller = DynamicImage::new(width, height, picture.color());
    Resizer::new()
        .resize(picture, &mut smaller, &ResizeOptions::default())
        .map_err(|_| Unfit::Broken)?;
    Ok(smaller)
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, Unfit> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    match picture.as_rgb8() {
        Some(pixels) => pixels.write_with_encoder(encoder),
        None => picture.to_rgb8().write_with_encoder(encoder),
    }
    .map_err(unfit)?;
    Ok(bytes)
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, Unfit> {
    let mut bytes = Vec::new();
    let color: ExtendedColorType = picture.color().into();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive)
        .write_image(picture.as_bytes(), picture.width(), picture.height(), color)
        .map_err(unfit)?;
    Ok(bytes)
}
