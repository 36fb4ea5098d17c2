use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest slug, in characters; longer titles are cut at a word.
const LONGEST: usize = 60;

/// The readable tail of an address: `Gerät geht nicht!` becomes `gerat-geht-nicht`. Empty where a
/// title has no Latin letters, and then the address ends with the id.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    let plain = title.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    for c in plain {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'ß' => slug.push_str("ss"),
            '\'' | '’' => {}
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    if slug.len() > LONGEST {
        let cut = slug[..=LONGEST].rfind('-').unwrap_or(LONGEST);
        slug.truncate(cut);
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::slug;
    use proptest::prelude::*;

    #[test]
    fn accents_and_punctuation_go() {
        assert_eq!(slug("Gerät geht nicht!"), "gerat-geht-nicht");
        assert_eq!(slug("  Don’t panic — 42 "), "dont-panic-42");
        assert_eq!(slug("温度"), "");
    }

    proptest! {
        #[test]
        fn a_slug_needs_no_escaping(title: String) {
            let slug = slug(&title);
            prop_assert!(slug.len() <= 60);
            prop_assert!(slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
            prop_assert!(!slug.starts_with('-') && !slug.ends_with('-'));
        }
    }
}
