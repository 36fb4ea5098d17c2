//! Every way a request can end other than well.
//!
//! Rooms return [`Error`]; `web/errors.rs` alone makes responses of them. Jobs, importers, mail and
//! the command line use `anyhow`. A form's problems are not errors: see [`crate::kit::Problems`].

use crate::kit::Message;

/// Why a request could not be answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or this viewer may not know that there is.
    #[error("not found")]
    NotFound,
    /// Only members may, and the viewer is a guest.
    #[error("sign in first")]
    SignInFirst,
    /// Nothing else may be done before the member has set up a second factor.
    #[error("second factor first")]
    SecondFactorFirst,
    /// Members who must first agree to the terms.
    #[error("agree to the terms first")]
    ConsentFirst,
    /// Visible, but not allowed; the text says why to the person.
    #[error("refused: {}", .0.key)]
    Refused(Message),
    /// The request itself cannot be read: a wrong type, a doubled or an unknown field.
    #[error("bad request: {0}")]
    BadRequest(String),
    /// More was sent than is taken here.
    #[error("too long")]
    TooLong,
    /// This person, or this network, has knocked too often.
    #[error("too fast, wait {wait}")]
    TooFast {
        /// How long until it may be tried again.
        wait: time::Duration,
    },
    /// More work of this kind is waiting than can be done soon.
    #[error("too much at once")]
    Busy,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// A page could not be drawn.
    #[error(transparent)]
    Template(#[from] askama::Error),
    /// Anything else that is our fault.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// What rooms return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Turns the violation of a named constraint into an answer.
pub trait Taken<T> {
    /// `Ok(None)` where one of `constraints` was violated, as a unique one is by a name already taken.
    fn unless_taken(self, constraints: &[&str]) -> sqlx::Result<Option<T>>;
}

impl<T> Taken<T> for sqlx::Result<T> {
    fn unless_taken(self, constraints: &[&str]) -> sqlx::Result<Option<T>> {
        let taken = |error: &dyn sqlx::error::DatabaseError| {
            error.constraint().is_some_and(|violated| constraints.contains(&violated))
        };
        match self {
            Ok(value) => Ok(Some(value)),
            Err(sqlx::Error::Database(error)) if taken(error.as_ref()) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
