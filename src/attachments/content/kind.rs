use super::Unfit;
use image::ImageFormat;

/// What is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Picture(ImageFormat),
    /// Words, in UTF-8.
    Text,
    /// One of [`FILES`].
    File(&'static str, &'static str),
}

/// Other files that are taken: the media type and the ending they are shown under. None that a browser or a
/// double click runs.
const FILES: [(&str, &str); 20] = [
    ("application/pdf", "pdf"),
    ("application/zip", "zip"),
    ("application/gzip", "gz"),
    ("application/x-7z-compressed", "7z"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
    ("application/epub+zip", "epub"),
    ("video/mp4", "mp4"),
    ("video/webm", "webm"),
    ("video/quicktime", "mov"),
    ("video/x-matroska", "mkv"),
    ("audio/mpeg", "mp3"),
    ("audio/m4a", "m4a"),
    ("audio/ogg", "ogg"),
    ("audio/x-wav", "wav"),
    ("audio/x-flac", "flac"),
];

/// Endings that texts may be shown under; any other is followed by `.txt`.
const OF_TEXTS: [&str; 19] = [
    "txt", "log", "csv", "tsv", "md", "json", "yaml", "yml", "toml", "ini", "conf", "cfg", "xml",
    "gcode", "srt", "vtt", "diff", "patch", "sql",
];

/// Where a drawing in text form must have begun.
const HEAD: usize = 4096;

/// What a file is. Its name is not asked.
pub(super) fn of(bytes: &[u8]) -> Result<Kind, Unfit> {
    if let Ok(format) = image::guess_format(bytes)
        && matches!(
            format,
            ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP
        )
    {
        return Ok(Kind::Picture(format));
    }
    if let Some(found) = infer::get(bytes)
        && let Some((media_type, ending)) =
            FILES.iter().find(|(taken, _)| *taken == found.mime_type())
    {
        return Ok(Kind::File(media_type, ending));
    }
    text(bytes)
}

fn text(bytes: &[u8]) -> Result<Kind, Unfit> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unfit::Unknown)?;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
    if head.contains("<svg") {
        return Err(Unfit::Drawing);
    }
    let runs = ["<!doctype html", "<html", "<script", "#!"];
    // Terminals colour their logs by escapes.
    let odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c' | '\x1b');
    if text.is_empty() || runs.iter().any(|run| head.contains(run)) || text.chars().any(odd) {
        return Err(Unfit::Unknown);
    }
    Ok(Kind::Text)
}

impl Kind {
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Picture(format) => format.to_mime_type(),
            Self::Text => "text/plain; charset=utf-8",
            Self::File(media_type, _) => media_type,
        }
    }

    /// The name with an ending that says what the file is.
    pub(super) fn name(self, name: &str) -> String {
        match self {
            Self::Text if OF_TEXTS.iter().any(|ending| has_ending(name, ending)) => name.to_owned(),
            Self::Text => with_ending(name, "txt"),
            Self::File(_, ending) => with_ending(name, ending),
            Self::Picture(format) => with_ending(name, ending_of(format)),
        }
    }
}

fn ending_of(format: ImageFormat) -> &'static str {
    format.extensions_str().first().copied().unwrap_or("img")
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(before, found)| !before.is_empty() && found.eq_ignore_ascii_case(ending))
}

fn with_ending(name: &str, ending: &str) -> String {
    let same = ending == "jpg" && has_ending(name, "jpeg");
    if same || has_ending(name, ending) { name.to_owned() } else { format!("{name}.{ending}") }
}

/// What a file is, in the few letters that people know it by: `PDF`.
pub(crate) fn label(media_type: &str) -> &'static str {
    match media_type {
        "image/jpeg" => "JPEG",
        "image/png" => "PNG",
        "image/gif" => "GIF",
        "image/webp" => "WebP",
        _ => {
            match FILES.iter().find(|(taken, _)| *taken == media_type).map(|(_, ending)| *ending) {
                Some("pdf") => "PDF",
                Some("zip" | "gz" | "7z") => "ZIP",
                Some("docx" | "odt") => "DOC",
                Some("xlsx" | "ods") => "XLS",
                Some("pptx" | "odp") => "PPT",
                Some("epub") => "EPUB",
                Some("mp4" | "webm" | "mov" | "mkv") => "MP4",
                Some(_) => "MP3",
                None => "TXT",
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_holds_and_not_what_it_is_called() {
        assert_eq!(of(b"%PDF-1.7\n").map(|kind| kind.name("run.exe")), Ok("run.exe.pdf".into()));
        assert_eq!(of(b"just words").map(|kind| kind.name("run.bat")), Ok("run.bat.txt".into()));
        assert_eq!(of(b"just words").map(|kind| kind.name("a.LOG")), Ok("a.LOG".into()));
        assert_eq!(of(b"<?xml version='1.0'?>\n<SVG onload='x'/>"), Err(Unfit::Drawing));
        for other in [
            &b"MZ\x90\x00\x03\x00"[..],
            b"\x7fELF\x02\x01\x01",
            b"<!DOCTYPE html><script>1</script>",
            b"#!/bin/sh\nrm x",
            b"a\0b",
            b"\xff\xfe",
            b"",
            b"\0\0\0\x18ftypheic",
        ] {
            assert_eq!(of(other), Err(Unfit::Unknown), "{}", String::from_utf8_lossy(other));
        }
    }
}
