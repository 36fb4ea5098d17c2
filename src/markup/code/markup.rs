use super::Colors;

/// Colors HTML and its kin.
pub(super) fn color(code: &str, colors: &mut Colors) {
    let mut rest = code;
    while !rest.is_empty() {
        let length = if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(rest.len(), |end| end + 3);
            colors.put("hl-comment", &rest[..end]);
            end
        } else if rest.starts_with('<') {
            tag(rest, colors)
        } else if let Some(end) = entity(rest) {
            colors.put("hl-constant", &rest[..end]);
            end
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find(['<', '&']).map_or(rest.len(), |end| first + end);
            colors.put("", &rest[..end]);
            end
        };
        rest = &rest[length..];
    }
}

fn entity(text: &str) -> Option<usize> {
    let name = text.strip_prefix('&')?;
    let end = name.bytes().take(12).position(|byte| byte == b';')?;
    name[..end].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#').then_some(end + 2)
}

/// Colors the tag `text` begins with and says how long it is.
fn tag(text: &str, colors: &mut Colors) -> usize {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '@');
    let mut at = 0;
    let mut color = "hl-tag";
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if at > 0 && c == '<' {
            break;
        }
        let (length, found) = match c {
            '"' | '\'' => (rest[1..].find(c).map_or(rest.len(), |end| end + 2), "hl-string"),
            c if fits(c) => (rest.find(|c| !fits(c)).unwrap_or(rest.len()), color),
            c => (c.len_utf8(), ""),
        };
        if found == "hl-tag" {
            color = "hl-attribute";
        }
        colors.put(found, &rest[..length]);
        at += length;
        if c == '>' {
            break;
        }
    }
    at
}
