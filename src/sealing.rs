//! Secrets that the database keeps but must not be able to read: whoever gets hold of a copy of it, or of
//! a backup, finds them sealed with a key that lies elsewhere.
//!
//! XChaCha20-Poly1305, with a random nonce before each. A sealed secret is bound to what it is for and to
//! whom it belongs, so that one put into another's row does not open there.

use crate::config::Config;
use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::Arc,
};

/// The key's file in the data folder, where the operator gives no key.
const FILE: &str = "secret.key";

/// The first byte of everything sealed, so that another way of sealing could come to stand beside this one.
const FIRST_KIND: u8 = 1;

const NONCE: usize = 24;

/// What a secret is for and to whom it belongs.
#[derive(Debug, Clone, Copy)]
pub struct Owner {
    /// The same for all secrets of one column.
    pub purpose: &'static str,
    /// The row.
    pub id: i64,
}

/// It was sealed with another key, for somebody else, or is damaged.
#[derive(Debug, thiserror::Error)]
#[error("a sealed {0} does not open: is CANDOR_SECRET_KEY the one it was sealed with?")]
pub struct DoesNotOpen(&'static str);

/// Seals and opens.
#[derive(Clone)]
pub struct Sealer(Option<Arc<XChaCha20Poly1305>>);

impl Sealer {
    /// With the operator's key; else with that of the data folder, which is made where there is none.
    ///
    /// # Errors
    /// A key that is none; a file that can be neither read nor made.
    pub fn of(config: &Config) -> Result<Self> {
        let text = match &config.secret_key {
            Some(key) => key.clone(),
            None => from_file(&config.data)?,
        };
        let key = BASE64.decode(text.expose_secret().trim()).unwrap_or_default();
        if key.len() != 32 {
            bail!(
                "CANDOR_SECRET_KEY is 32 bytes in base64, as `openssl rand -base64 32` prints them"
            );
        }
        Self::with_key(&key)
    }

    /// With this key of 32 bytes.
    ///
    /// # Errors
    /// A key of another length.
    pub fn with_key(key: &[u8]) -> Result<Self> {
        match XChaCha20Poly1305::new_from_slice(key) {
            Ok(cipher) => Ok(Self(Some(Arc::new(cipher)))),
            Err(_) => bail!("a key has 32 bytes"),
        }
    }

    /// One that has no key: for commands that neither seal nor open.
    pub fn without_key() -> Self {
        Self(None)
    }

    /// Seals a secret.
    ///
    /// # Errors
    /// There is no key.
    ///
    /// # Panics
    /// Where the operating system has no randomness to give.
    pub fn seal(&self, owner: Owner, secret: &[u8]) -> Result<Vec<u8>> {
        let cipher = self.0.as_ref().context("there is no key to seal with")?;
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).expect("the operating system gives random bytes");
        let payload = Payload { msg: secret, aad: &owner.bytes() };
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| anyhow::anyhow!("the secret is too long to be sealed"))?;
        Ok([&[FIRST_KIND][..], &nonce, &sealed].concat())
    }

    /// Opens what was sealed for the same owner.
    ///
    /// # Errors
    /// [`DoesNotOpen`].
    pub fn open(&self, owner: Owner, sealed: &[u8]) -> Result<SecretSlice<u8>, DoesNotOpen> {
        let opened = || {
            let rest = sealed.strip_prefix(&[FIRST_KIND])?;
            let (nonce, msg) = rest.split_first_chunk::<NONCE>()?;
            let payload = Payload { msg, aad: &owner.bytes() };
            self.0.as_ref()?.decrypt(&XNonce::from(*nonce), payload).ok()
        };
        opened().map(SecretSlice::from).ok_or(DoesNotOpen(owner.purpose))
    }
}

impl Owner {
    fn bytes(self) -> Vec<u8> {
        [self.purpose.as_bytes(), b"\0", &self.id.to_be_bytes()].concat()
    }
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(…)")
    }
}

fn from_file(data: &Path) -> Result<SecretString> {
    let path = data.join(FILE);
    let read = |path: &Path| match fs::read_to_string(path) {
        Ok(text) => Ok(Some(SecretString::from(text))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    if let Some(key) = read(&path)? {
        return Ok(key);
    }
    make(data, &path).with_context(|| format!("cannot make {}", path.display()))?;
    // Another server may have been quicker, and its key is the one that counts.
    read(&path)?.with_context(|| format!("{} is gone again", path.display()))
}

/// Makes the file whole or not at all: a key cut short would lock everybody out of their secrets.
fn make(data: &Path, path: &Path) -> Result<()> {
    fs::create_dir_all(data)?;
    let mut key = [0; 32];
    getrandom::fill(&mut key)?;
    let draft = data.join(format!("{FILE}.{}", uuid::Uuid::new_v4().simple()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    let written = file.write_all(format!("{}\n", BASE64.encode(key)).as_bytes());
    let linked = written.and_then(|()| file.sync_all()).and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error.into()),
        Err(_) => Ok(()),
        Ok(()) => {
            tracing::info!(
                "made {}, which seals secrets; keep a copy of it, but not among the backups",
                path.display()
            );
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    const ADA: Owner = Owner { purpose: "seed", id: 7 };

    #[test]
    fn a_secret_opens_for_its_owner_and_nobody_else() {
        let sealer = Sealer::with_key(&[1; 32]).unwrap();

        let sealed = sealer.seal(ADA, b"words").unwrap();

        assert_eq!(sealer.open(ADA, &sealed).unwrap().expose_secret(), b"words");
        assert!(!sealed.windows(5).any(|part| part == b"words"));
        assert_ne!(
            sealed,
            sealer.seal(ADA, b"words").unwrap(),
            "nobody sees that two are the same"
        );
        sealer.open(Owner { id: 8, ..ADA }, &sealed).unwrap_err();
        sealer.open(Owner { purpose: "other", ..ADA }, &sealed).unwrap_err();
        Sealer::with_key(&[2; 32]).unwrap().open(ADA, &sealed).unwrap_err();
        Sealer::without_key().open(ADA, &sealed).unwrap_err();
        for place in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[place] ^= 1;
            sealer.open(ADA, &damaged).unwrap_err();
            sealer.open(ADA, &sealed[..place]).unwrap_err();
        }
    }

    #[test]
    fn the_key_of_the_data_folder_is_made_once_for_its_owner_alone() {
        let data = std::env::temp_dir().join(format!("candor-{}", uuid::Uuid::new_v4()));

        let made = from_file(&data).unwrap();
        let again = from_file(&data).unwrap();

        assert_eq!(made.expose_secret(), again.expose_secret());
        let mode = fs::metadata(data.join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1, "no draft is left behind");
        fs::remove_dir_all(data).unwrap();
    }
}
