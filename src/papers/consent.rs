use super::{Paper, store};
use crate::kit::MemberId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Where nobody is kept from going who has not agreed yet. To the question; out, back in, and away from mails;
/// and to what is one's own: second factors, so that nobody is caught between two questions, sessions, the copy
/// of one's data, leaving. All but the profile lies below `/settings/`, and others read that.
const OPEN: [&str; 10] = [
    "/consent",
    "/sign-out",
    "/sign-in",
    "/sign-in/",
    "/reset-password",
    "/reset-password/",
    "/confirm/",
    "/reopen/",
    "/unsubscribe/",
    "/settings/",
];

/// Whether the question stands before this address.
pub fn asks_before(path: &str) -> bool {
    let open =
        OPEN.iter().any(|open| path == *open || open.ends_with('/') && path.starts_with(open));
    !open && !is_text(path)
}

/// Whether one of the texts stands at this address: they can be read by whoever is asked for something first.
pub fn is_text(path: &str) -> bool {
    Paper::ALL.into_iter().any(|paper| path == paper.url() || path == paper.history_url())
}

/// Notes that a member agrees to the terms, in the version they have read; false where another one holds by
/// now, or none.
///
/// # Errors
/// Those of the database.
pub async fn agree(
    db: &mut PgConnection,
    member: MemberId,
    version: i32,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    if store::hold(db, Paper::Terms).await? != Some(version) {
        return Ok(false);
    }
    store::consent(db, member, version, now).await?;
    Ok(true)
}

/// The same for somebody who becomes a member: where there are no terms, there is nothing to agree to.
///
/// # Errors
/// Those of the database.
pub async fn agree_on_joining(
    db: &mut PgConnection,
    member: MemberId,
    version: Option<i32>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    match agreed_on_joining(db, version).await? {
        Agreed::Open => return Ok(false),
        Agreed::Nothing => {}
        Agreed::To(version) => store::consent(db, member, version, now).await?,
    }
    Ok(true)
}

/// What somebody agrees to who becomes a member, now or once they are let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreed {
    /// To the version that holds.
    To(i32),
    /// There are no terms.
    Nothing,
    /// There are, and they agreed to none or to a version that has been replaced.
    Open,
}

/// Judges the version that somebody sent along.
///
/// # Errors
/// Those of the database.
pub async fn agreed_on_joining(db: &mut PgConnection, sent: Option<i32>) -> sqlx::Result<Agreed> {
    Ok(match store::hold(db, Paper::Terms).await? {
        None => Agreed::Nothing,
        Some(holds) if sent == Some(holds) => Agreed::To(holds),
        Some(_) => Agreed::Open,
    })
}

/// Notes what somebody agreed to before they were a member: the version that held then. Whether they are asked
/// for a later one is as with everybody.
///
/// # Errors
/// Those of the database.
pub async fn note_agreed(
    db: &mut PgConnection,
    member: MemberId,
    version: i32,
    agreed_at: OffsetDateTime,
) -> sqlx::Result<()> {
    store::consent_before_joining(db, member, version, agreed_at).await
}
