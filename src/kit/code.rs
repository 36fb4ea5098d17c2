use sha2::{Digest, Sha256};

const AT_A_TIME: usize = 10;

/// Characters that nobody takes for each other: no i, l, o and u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Characters of a code, of five random bits each.
const LENGTH: usize = 16;

/// 80 random bits that somebody reads and types, such as a recovery code: shown once, stored as a hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// Ten new ones, as many as somebody gets at a time to recover their account.
    pub fn ten() -> Vec<Self> {
        (0..AT_A_TIME).map(|_| Self::random()).collect()
    }

    /// A new one from the operating system's generator.
    ///
    /// # Panics
    /// Where the operating system has no randomness to give; nothing safe could follow.
    pub fn random() -> Self {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Self(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
    }

    /// What somebody typed, if it has the shape of a code: with or without hyphens, in any case.
    pub fn typed(text: &str) -> Option<Self> {
        let bare: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_lowercase() {
                'o' => '0',
                'i' | 'l' => '1',
                other => other,
            })
            .collect();
        (bare.len() == LENGTH && bare.bytes().all(|byte| ALPHABET.contains(&byte)))
            .then_some(Self(bare))
    }

    /// In groups of four.
    pub fn words(&self) -> String {
        let groups: Vec<&str> =
            [0..4, 4..8, 8..12, 12..16].into_iter().filter_map(|part| self.0.get(part)).collect();
        groups.join("-")
    }

    /// What is stored. A code has too many random bits for anybody to try them all, so a slow hash would
    /// add nothing.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = Code("01abcdefghjkmnpq".to_owned());

        assert_eq!(code.words(), "01ab-cdef-ghjk-mnpq");
        for typed in ["01ab-cdef-ghjk-mnpq", " OIAB CDEF GHJK MNPQ ", "0labcdefghjkmnpq"] {
            assert_eq!(Code::typed(typed).map(|code| code.hash()), Some(code.hash()), "{typed}");
        }
        for other in ["", "123456", "01ab-cdef-ghjk-mnp", "01ab-cdef-ghjk-mnpu", "01abcdefghjkmnpé"]
        {
            assert!(Code::typed(other).is_none(), "{other}");
        }
    }

    #[test]
    fn no_two_codes_are_the_same() {
        let codes: std::collections::BTreeSet<String> =
            Code::ten().iter().map(Code::words).collect();
        assert_eq!(codes.len(), 10);
    }
}
