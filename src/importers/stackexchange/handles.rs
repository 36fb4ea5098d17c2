//! Handles made from display names, which need not be unique there and may be anything.

use crate::kit::{handle_problem, slug};
use unicode_security::GeneralSecurityProfile;

/// Longest handle, in characters.
const LONGEST: usize = 30;

/// The handle somebody of this name would choose; `other` where no handle can be made of it.
pub(super) fn from_name(name: &str, other: &str) -> String {
    let wanted = [slug(name), letters(name)].map(|handle| cut(&handle, LONGEST));
    let fits = wanted.into_iter().find(|handle| handle_problem(handle).is_none());
    fits.unwrap_or_else(|| other.to_owned())
}

/// The handle with a number, for the second and later ones of its name.
pub(super) fn numbered(handle: &str, number: u32) -> String {
    if number < 2 {
        return handle.to_owned();
    }
    let suffix = format!("-{number}");
    cut(handle, LONGEST - suffix.len()) + &suffix
}

/// The letters of any script that handles may have, with single hyphens between.
fn letters(name: &str) -> String {
    let allowed = |c: char| c.is_alphanumeric() && c.identifier_allowed();
    let words = name.split(|c| !allowed(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

fn cut(handle: &str, most: usize) -> String {
    let cut: String = handle.chars().take(most).collect();
    cut.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_handles() {
        for (name, handle) in [
            ("Ada Lind", "ada-lind"),
            ("Zoë & co", "zoe-co"),
            ("Дарья Ивановна", "дарья-ивановна"),
            ("名無しさん", "名無しさん"),
            ("Jo", "member-7"),
            ("☃☃☃", "member-7"),
            ("a very long name that goes on and on", "a-very-long-name-that-goes-on"),
        ] {
            assert_eq!(from_name(name, "member-7"), handle);
            assert_eq!(handle_problem(&from_name(name, "member-7")), None, "{name}");
        }
    }

    #[test]
    fn the_second_of_a_name_has_a_number() {
        assert_eq!(numbered("ada", 1), "ada");
        assert_eq!(numbered("ada", 12), "ada-12");
        let long = numbered(&"a".repeat(30), 100);
        assert_eq!((long.len(), handle_problem(&long)), (30, None));
    }
}
