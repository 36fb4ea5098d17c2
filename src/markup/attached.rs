//! Pictures and files of this site in a post.

use super::{
    TooMuch,
    addresses::upload,
    draw::{Drawing, attribute},
};
use comrak::{Node, nodes::NodeValue};
use std::collections::BTreeSet;

/// Files one post may show.
const MOST: usize = 100;

/// How wide a picture is at the most where posts are read.
pub(super) const SIZES: &str = "(max-width: 44rem) 100vw, 42rem";

/// Wider than that one is drawn smaller, and so it is worth choosing among its sizes. A list of sizes says how wide
/// it is drawn, so that a narrower one would be blown up.
const LISTED_FROM: u32 = 672;

/// What drawing must know of a file it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Of a picture: how wide and high the small, the medium and the whole one are.
    pub sizes: Option<[(u32, u32); 3]>,
    /// Whether it moves; then the smaller ones stand still, and a click shows it move.
    pub moving: bool,
    /// What it was called where it came from.
    pub name: String,
    /// What it is, in a few letters.
    pub label: &'static str,
    /// Its size.
    pub bytes: u64,
}

/// Numbers that follow `/files/` anywhere in `source`: at least those of all files that [`render`] may
/// show.
///
/// [`render`]: super::render()
pub fn uploads(source: &str) -> Vec<i64> {
    let after = source.split("/files/").skip(1);
    let digits = after.map(|text| {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        &text[..end]
    });
    let numbers: BTreeSet<i64> = digits.filter_map(|digits| digits.parse().ok()).collect();
    numbers.into_iter().take(MOST).collect()
}

/// Markdown that links `words` to an address of this site.
pub fn link(words: &str, address: &str) -> String {
    let mut source = String::from("[");
    for c in words.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | '-' | ',' | '(' | ')') {
            source.push('\\');
        }
        source.push(c);
    }
    format!("{source}]({address})")
}

impl Drawing<'_> {
    /// The file at this address, if the post may show it; notes that it does.
    pub(super) fn attached(&mut self, url: &str) -> Option<(i64, Attached)> {
        let id = upload(url)?;
        let attached = (self.context.attached)(id)?;
        if !self.drawn.attachments.contains(&id) {
            self.drawn.attachments.push(id);
        }
        Some((id, attached))
    }

    /// Whether a paragraph is several pictures of this site and nothing else, which then stand side by side.
    pub(super) fn is_gallery(&self, paragraph: Node<'_>) -> bool {
        let mut pictures = 0;
        let alone = paragraph.children().all(|child| match &child.data().value {
            NodeValue::Image(image) => {
                pictures += 1;
                let attached = upload(&image.url).and_then(|id| (self.context.attached)(id));
                attached.is_some_and(|attached| attached.sizes.is_some())
            }
            NodeValue::SoftBreak | NodeValue::LineBreak => true,
            NodeValue::Text(text) => text.trim().is_empty(),
            _ => false,
        });
        alone && pictures > 1
    }

    /// A file of this site where a picture was asked for; says whether there was one to draw.
    pub(super) fn shown(&mut self, url: &str, alt: &str, titled: &str) -> Result<bool, TooMuch> {
        let Some((id, attached)) = self.attached(url) else { return Ok(false) };
        let open = self.open.len();
        let Some([small, medium, whole]) = attached.sizes else {
            if !self.is_in("a") {
                self.open("a", &format!(" href=\"/files/{id}\" class=\"file\"{titled}"))?;
            }
            self.write_text(if alt.trim().is_empty() { &attached.name } else { alt })?;
            self.facts(&attached)?;
            return self.close_to(open).map(|()| true);
        };
        let moving = if attached.moving { " picture--moving" } else { "" };
        if !self.is_in("a") {
            self.open("a", &format!(" href=\"/files/{id}\" class=\"picture{moving}\""))?;
        }
        let (width, height) = whole;
        let mut sources = String::new();
        if width > LISTED_FROM {
            sources = format!(
                " srcset=\"/files/{id}/small {}w, /files/{id}/medium {}w",
                small.0, medium.0
            );
            if !attached.moving && width > medium.0 {
                sources.push_str(&format!(", /files/{id} {width}w"));
            }
            sources.push_str(&format!("\" sizes=\"{SIZES}\""));
        }
        let alt = attribute("alt", alt);
        self.write(&format!(
            "<img src=\"/files/{id}/medium\"{sources} width=\"{width}\" \
             height=\"{height}\"{alt}{titled} loading=\"lazy\" decoding=\"async\">"
        ))?;
        self.close_to(open).map(|()| true)
    }

    /// Within a link to a file, after its words: what it is; also what it is called, where there are none.
    pub(super) fn end_of_link(&mut self, url: &str, empty: bool) -> Result<(), TooMuch> {
        match self.attached(url).map(|(_, attached)| attached) {
            Some(attached) if attached.sizes.is_none() => {
                if empty {
                    self.write_text(&attached.name)?;
                }
                self.facts(&attached)
            }
            _ => Ok(()),
        }
    }

    /// What a file is and how large.
    fn facts(&mut self, attached: &Attached) -> Result<(), TooMuch> {
        self.write(" ")?;
        self.open("span", " class=\"file__facts\"")?;
        self.write(&format!("{}, {}", attached.label, size(attached.bytes)))?;
        self.close_to(self.open.len() - 1)
    }
}

/// Whether a list of sources names nothing but pictures of this site, as [`Drawing::shown`] writes it.
pub(super) fn is_list_of_ours(sources: &str) -> bool {
    sources.split(", ").all(|source| {
        let Some((address, width)) = source.split_once(' ') else { return false };
        let whole = address.strip_suffix("/small").or(address.strip_suffix("/medium"));
        upload(whole.unwrap_or(address)).is_some() && width.strip_suffix('w').is_some_and(is_number)
    })
}

/// Whether these are digits and nothing else.
pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_a_text_may_show_are_found() {
        let source = "![a](/files/7) [b]: </files/12>\n<img src=/files/3>/files/x/files/7";
        assert_eq!(uploads(source), [3, 7, 12]);
    }

    #[test]
    fn sizes_are_said_in_the_unit_that_fits() {
        assert_eq!(
            [5, 1_200, 999_999, 20_000_000].map(size),
            ["5 B", "2 kB", "1000 kB", "20.0 MB"]
        );
    }

    #[test]
    fn only_our_pictures_are_sources() {
        assert!(is_list_of_ours("/files/7/small 480w, /files/7 4000w"));
        for other in ["", "/files/7", "https://x.example/a 1w", "/logout 480w", "/files/7 2x"] {
            assert!(!is_list_of_ours(other), "{other}");
        }
    }
}
