use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::fmt;

/// 256 random bits that whoever holds them may use: a session cookie, a link in a mail.
/// Only its [`SecretHash`] is stored.
#[derive(Clone)]
pub struct Secret(String);

/// SHA-256 of a [`Secret`], which is what the database knows of it.
pub type SecretHash = Vec<u8>;

impl Secret {
    /// A new secret from the operating system's generator.
    ///
    /// # Panics
    /// Where the operating system has no randomness to give; nothing safe could follow.
    pub fn random() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What somebody claims to hold; not yet believed.
    pub fn presented(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text that goes into the cookie or the link.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up.
    pub fn hash(&self) -> SecretHash {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
