//! Password hashing by argon2id, off the threads that answer pages and never more than a few at once.

use crate::error::{Error, Result};
use anyhow::anyhow;
use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use secrecy::{ExposeSecret, SecretString};
use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};
use tokio::sync::Semaphore;

/// Hashes at once: half the cores, so that a storm of sign-ins cannot starve the pages.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| (cores.get() / 2).max(1))
}

/// Longest wait for a turn; then the visitor is asked to try again.
const PATIENCE: Duration = Duration::from_secs(3);

/// The few threads that hash.
#[derive(Debug, Clone)]
pub struct Hasher(Arc<Semaphore>);

impl Default for Hasher {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(at_once())))
    }
}

impl Hasher {
    /// The hash to store, in PHC string format, at OWASP's parameters (19 MiB, 2 passes, 1 lane:
    /// Password Storage Cheat Sheet), which are the crate's defaults.
    ///
    /// # Errors
    /// [`Error::Busy`] where too many wait.
    pub async fn hash(&self, password: SecretString) -> Result<String> {
        self.in_turn(move || {
            let hash = Argon2::default().hash_password(password.expose_secret().as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|error| anyhow!("argon2: {error}"))
        })
        .await
    }

    /// Whether `password` made `hash`. Without a hash it works just as long and says no, so that
    /// nobody learns from the time whether an account exists.
    ///
    /// # Errors
    /// [`Error::Busy`] where too many wait.
    pub async fn verify(&self, password: SecretString, hash: Option<String>) -> Result<bool> {
        self.in_turn(move || {
            let known = hash.is_some();
            let hash = hash.as_deref().unwrap_or(&NOBODY);
            let parsed = PasswordHash::new(hash).map_err(|error| anyhow!("argon2: {error}"))?;
            let fits = Argon2::default()
                .verify_password(password.expose_secret().as_bytes(), &parsed)
                .is_ok();
            Ok(fits && known)
        })
        .await
    }

    /// Does slow work about a password when its turn has come.
    ///
    /// # Errors
    /// [`Error::Busy`] where too many wait; what the work came to.
    pub(crate) async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.0).acquire_owned());
        let turn = turn.await.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(turn);
            result
        });
        Ok(done.await.map_err(anyhow::Error::from)??)
    }
}

/// A hash that no password has, of the same cost as real ones.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let secret = crate::kit::Secret::random();
    Argon2::default()
        .hash_password(secret.reveal().as_bytes())
        .map(|hash| hash.to_string())
        .expect("argon2's own defaults are valid")
});
