//! What every deed may use: the outside world behind small types.

use crate::{
    config::{Config, RateLimits},
    database::Database,
    error::{Error, Result},
    hasher::Hasher,
    kit::{Clock, Latch, MemberId},
    limits::{self, Allowance},
    mail::Mailer,
    oidc::Oidc,
    realtime::{self, Hub},
    sealing::Sealer,
    storage::Blobs,
};
use sqlx::PgConnection;
use std::sync::Arc;
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

/// One server's hold on the world. Cheap to clone; owns no state that the database does not.
#[derive(Clone)]
pub struct App {
    /// The database, as the role that cannot rewrite history.
    pub db: Database,
    /// Where `now` comes from.
    pub clock: Clock,
    /// How this server runs.
    pub config: Arc<Config>,
    /// The way out for mail.
    pub mailer: Mailer,
    /// Sign-in through providers.
    pub oidc: Oidc,
    /// Where contents of files lie.
    pub blobs: Blobs,
    /// Open pages on this node.
    pub hub: Hub,
    /// The few threads that hash passwords.
    pub hasher: Hasher,
    /// Seals what the database must not be able to read.
    pub sealer: Sealer,
    /// Closed once the community is known to have members, which it never loses again; until then whoever
    /// comes is led through set-up.
    pub inhabited: Latch,
    /// Cancelled when the server begins to stop; long streams end then.
    pub stopping: CancellationToken,
}

impl App {
    /// The time of a deed that begins now.
    pub fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    /// Takes a place of an allowance for this subject; where the operator has switched limits off, there
    /// is always one.
    ///
    /// # Errors
    /// Those of [`limits::take`].
    pub async fn take_place(
        &self,
        db: &mut PgConnection,
        allowance: Allowance,
        subject: &str,
    ) -> Result<()> {
        match self.config.rate_limits {
            RateLimits::On => limits::take(db, allowance, subject, self.now()).await,
            RateLimits::Off => Ok(()),
        }
    }

    /// Takes a place for a mail to an address that nobody has proved to be its owner's; false where there is none.
    /// It may be a stranger's, and accounts can be made without end: where it was sent too many, it gets none,
    /// and whoever asks is not told.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn may_mail_unproved(&self, db: &mut PgConnection, email: &str) -> Result<bool> {
        match self.take_place(db, limits::UNPROVED_MAIL, &limits::typed(email)).await {
            Err(Error::TooFast { .. }) => Ok(false),
            taken => taken.map(|()| true),
        }
    }

    /// Tells the open pages of all nodes that somebody may see more or less than before. After the
    /// commit, never before it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn announce_rights(&self) -> Result<()> {
        realtime::announce_rights(&mut *self.db.acquire().await?).await?;
        Ok(())
    }

    /// Tells the open pages of all nodes that this member may see more or less than before, or that one of
    /// their sessions has ended. After the commit, never before it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn announce_member(&self, member: MemberId) -> Result<()> {
        realtime::announce_member(&mut *self.db.acquire().await?, member).await?;
        Ok(())
    }

    /// The same App with its clock stopped at `time`: how importers and the demonstration write the past
    /// through the same deeds as everybody.
    #[must_use]
    pub fn at(&self, time: OffsetDateTime) -> Self {
        Self { clock: Clock::stopped_at(time), ..self.clone() }
    }
}
