use crate::{error::Result, hasher::Hasher, kit::Message};
use secrecy::{ExposeSecret, SecretString};
use zxcvbn::{Score, feedback::Warning, zxcvbn};

/// Whose password it is: what others would try first.
pub(crate) struct Owner<'a> {
    pub(crate) handle: &'a str,
    pub(crate) name: &'a str,
    pub(crate) email: Option<&'a str>,
}

impl Owner<'_> {
    /// Everything of them that could stand in a password.
    fn words(&self) -> Vec<String> {
        let all = [self.handle, self.name, self.email.unwrap_or_default()];
        let parts = all.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        let halves = all[2].split('@');
        let words = all.iter().copied().chain(parts).chain(halves);
        let mut words: Vec<String> = words.map(str::to_lowercase).collect();
        words.retain(|word| word.chars().count() > 2);
        // The longest first: an address is more than its parts.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    }
}

/// What is wrong with a password that would soon be guessed, the commonest among them; `None` for one
/// that will do. Judged in turn with the hashing, for it takes its time as well.
///
/// # Errors
/// [`crate::error::Error::Busy`] where too many wait.
pub(crate) async fn weakness(
    hasher: &Hasher,
    password: &SecretString,
    owner: &Owner<'_>,
) -> Result<Option<Message>> {
    let (password, words) = (password.clone(), owner.words());
    hasher.in_turn(move || Ok(judge(password.expose_secret(), &words))).await
}

/// Letters and digits that a password must hold beside its owner's words.
const OF_ITS_OWN: usize = 6;

/// A password that takes fewer than 10⁸ guesses is refused; that is zxcvbn's line between weak and good.
/// So is one that is little more than what everybody can read of its owner.
fn judge(password: &str, words: &[String]) -> Option<Message> {
    let lower = password.to_lowercase();
    let beside = words.iter().fold(lower.clone(), |rest, word| rest.replace(word, " "));
    if beside != lower && beside.chars().filter(|c| c.is_alphanumeric()).count() < OF_ITS_OWN {
        return Some("password-about-you".into());
    }
    let refs: Vec<&str> = words.iter().map(String::as_str).collect();
    let estimate = zxcvbn(password, &refs);
    if estimate.score() >= Score::Three {
        return None;
    }
    let warning = estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning);
    Some(match warning {
        Some(
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword,
        ) => "password-common".into(),
        Some(
            Warning::StraightRowsOfKeysAreEasyToGuess
            | Warning::ShortKeyboardPatternsAreEasyToGuess
            | Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess
            | Warning::SequencesLikeAbcAreEasyToGuess
            | Warning::RecentYearsAreEasyToGuess
            | Warning::DatesAreOftenEasyToGuess,
        ) => "password-pattern".into(),
        _ => "password-guessable".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Owner, judge};

    fn of(password: &str) -> &'static str {
        let owner =
            Owner { handle: "ada", name: "Ada Lindqvist", email: Some("al@lampworks.example") };
        judge(password, &owner.words()).map_or("good", |message| message.key)
    }

    #[test]
    fn what_others_try_first_is_refused() {
        for (password, verdict) in [
            ("password123", "password-common"),
            ("qwertyuiop", "password-common"),
            ("aaaaaaaaaaaa", "password-pattern"),
            ("abcdefghijklm", "password-pattern"),
            ("lindqvist1987", "password-about-you"),
            ("LampWorks.example", "password-about-you"),
            ("al@lampworks.example", "password-about-you"),
            ("elephants1", "password-common"),
            ("kaleidoscope", "password-guessable"),
        ] {
            assert_eq!(of(password), verdict, "{password}");
        }
    }

    #[test]
    fn a_few_words_in_a_row_will_do() {
        for password in [
            "correct horse battery",
            "my own password",
            "X7#kf9!mQ2",
            "ein grüner Hund",
            "another battery staple",
            "a third password",
            "password number 7",
            "a longer password",
            "another long sentence",
        ] {
            assert_eq!(of(password), "good", "{password}");
        }
    }

    #[test]
    fn a_password_of_any_length_is_judged_in_time() {
        for password in ["a@1".repeat(42), "p4ssw0rd".repeat(16), "ß".repeat(128)] {
            let began = std::time::Instant::now();
            of(&password);
            assert!(began.elapsed().as_millis() < 1_000, "{password}: {:?}", began.elapsed());
        }
    }
}
