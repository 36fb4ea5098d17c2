/// Longest name, in characters.
const LONGEST: usize = 110;

/// A file's name as it can be shown: one line, without the folders it lay in, without signs that turn the
/// letters around or hide them. Ends in what it ended in, where it is too long.
pub(crate) fn tidy(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let shown: String = shown.chars().filter(|c| !hides(*c)).collect();
    let words = shown.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let words = words.trim_matches(['.', ' ']);
    if words.is_empty() {
        return "file".to_owned();
    }
    let length = words.chars().count();
    if length <= LONGEST {
        return words.to_owned();
    }
    let ending: String = words.chars().skip(length - 12).collect();
    let ending = ending.rfind('.').map_or("", |at| &ending[at..]);
    let kept: String = words.chars().take(LONGEST - ending.chars().count()).collect();
    format!("{}{ending}", kept.trim_end_matches(['.', ' ']))
}

/// Control characters, marks of direction, and letters without a width.
fn hides(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_one_line_without_folders_or_tricks() {
        for (typed, shown) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\fotos\\Küche 1.jpg", "Küche 1.jpg"),
            ("a\u{202e}gpj.exe", "agpj.exe"),
            ("a\n\0b\t c.txt", "a b c.txt"),
            (".htaccess", "htaccess"),
            (".\ta. .", "a"),
            ("..", "file"),
            ("", "file"),
        ] {
            assert_eq!(tidy(typed), shown, "{typed:?}");
        }
        let long = tidy(&format!("{}.jpeg", "x".repeat(300)));
        assert!(long.ends_with("x.jpeg") && long.chars().count() == LONGEST, "{long}");
    }

    proptest! {
        #[test]
        fn any_name_can_be_shown(name in "\\PC{0,200}|[./\\\\\\x00-\\x20a]{0,40}") {
            let shown = tidy(&name);
            prop_assert!(!shown.is_empty() && shown.chars().count() <= LONGEST);
            prop_assert!(!shown.contains(['/', '\\', '\0', '\n']));
            prop_assert_eq!(tidy(&shown), shown);
        }
    }
}
