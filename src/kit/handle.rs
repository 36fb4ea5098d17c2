use unicode_normalization::UnicodeNormalization;
use unicode_security::{GeneralSecurityProfile, confusable_detection::skeleton};

/// Why a text cannot be a handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandleProblem {
    /// Shorter than 3 characters.
    TooShort,
    /// Longer than 30 characters.
    TooLong,
    /// Something other than letters, digits, `-`, `_` or `.`, or one of those at an end or doubled.
    Characters,
}

/// Judges a handle: letters and digits of any script that identifiers may use
/// (Unicode Technical Standard 39, general security profile), with single `-`, `_` or `.` between.
pub fn handle_problem(handle: &str) -> Option<HandleProblem> {
    let length = handle.chars().count();
    let joiner = |c: char| matches!(c, '-' | '_' | '.');
    let letter = |c: char| c.is_alphanumeric() && c.identifier_allowed();
    if length < 3 {
        return Some(HandleProblem::TooShort);
    }
    if length > 30 {
        return Some(HandleProblem::TooLong);
    }
    let characters = handle.chars().all(|c| joiner(c) || letter(c));
    let ends = handle.starts_with(joiner) || handle.ends_with(joiner);
    let doubled = handle.chars().zip(handle.chars().skip(1)).any(|(a, b)| joiner(a) && joiner(b));
    (!characters || ends || doubled).then_some(HandleProblem::Characters)
}

/// What two handles share when a person could take one for the other: the confusable skeleton of
/// Unicode Technical Standard 39, case-folded afterwards, without joiners. Unique in the database
/// beside the lower-case handle, so that `раypal` cannot stand beside `paypal`, nor `ada.lind` beside
/// `AdaLind`, nor `BiIl` beside `Bill`.
pub fn handle_skeleton(handle: &str) -> String {
    let bare: String = handle.nfkc().filter(|c| c.is_alphanumeric()).collect();
    skeleton(&bare).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_share_a_skeleton() {
        for (a, b) in [
            ("paypal", "раураl"),
            ("Ada.Lind", "Ada-Lind"),
            ("adalind", "ada.lind"),
            ("rn-smith", "m-smith"),
            ("Bill", "BiIl"),
            ("zero0", "zeroO"),
        ] {
            assert_eq!(handle_skeleton(a), handle_skeleton(b), "{a} and {b}");
        }
        assert_ne!(handle_skeleton("ada"), handle_skeleton("eda"));
    }

    #[test]
    fn handles_are_letters_and_digits_with_single_joiners() {
        for good in ["ada", "ada-lind", "Дарья", "max_3", "名無しさん"] {
            assert_eq!(handle_problem(good), None, "{good}");
        }
        for bad in ["ad", "-ada", "ada-", "a--da", "ada lind", "ada@x", "a\u{200d}da", ""] {
            assert!(handle_problem(bad).is_some(), "{bad}");
        }
    }
}
