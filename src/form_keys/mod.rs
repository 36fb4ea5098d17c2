//! Sent twice, done once. Every creating form carries a key; the first sending of it does the deed
//! and notes where it led, in the same transaction. A second sending of the same fields finds the
//! first result, even at the same moment; the same key with other fields is a new text behind an old
//! form (the back button), and is given back to its author.

mod store;

use crate::kit::MemberId;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

pub(crate) use store::forget_old;

/// The form of a reply.
pub(crate) const REPLY: &str = "reply";
/// The form of a new thread.
pub(crate) const THREAD: &str = "thread";

/// The hidden field of a creating form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct FormKey(Uuid);

impl FormKey {
    /// A key for a form that is drawn now.
    pub fn fresh() -> Self {
        Self(Uuid::now_v7())
    }

    /// As the database has it.
    pub(crate) fn uuid(self) -> Uuid {
        self.0
    }

    /// The key that always belongs to this name: for a program that may be interrupted and does its
    /// deeds again.
    pub fn named(name: &str) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&Sha256::digest(name.as_bytes())[..16]);
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

impl std::fmt::Display for FormKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What is known of a form when it arrives.
#[derive(Debug, PartialEq, Eq)]
pub enum Sending {
    /// Never seen: do the deed, then [`keep`] where it led.
    First,
    /// The same form was sent before and led there.
    Again(String),
    /// Its key was used for other fields.
    Changed,
}

/// A form as it was sent, for telling it from another.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The member who sent it.
    pub member: MemberId,
    /// Which form.
    pub route: &'static str,
    /// Its key.
    pub key: FormKey,
    fields: Vec<u8>,
}

impl Sent {
    /// A form with these fields, in a fixed order.
    pub fn new(member: MemberId, route: &'static str, key: FormKey, fields: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for field in fields {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field.as_bytes());
        }
        Self { member, route, key, fields: hash.finalize().to_vec() }
    }
}

/// Claims the form in the transaction of its deed; waits for a sending that is just being done.
///
/// # Errors
/// Those of the database.
pub async fn claim(
    db: &mut PgConnection,
    sent: &Sent,
    now: OffsetDateTime,
) -> sqlx::Result<Sending> {
    if store::insert(db, sent, now).await? {
        return Ok(Sending::First);
    }
    let first = store::first(db, sent).await?;
    if first.fields_hash == sent.fields {
        Ok(Sending::Again(first.location))
    } else {
        Ok(Sending::Changed)
    }
}

/// Whether a form was sent before, for a page that asks something before the deed is done.
///
/// # Errors
/// Those of the database.
pub(crate) async fn is_used(
    db: &mut PgConnection,
    member: MemberId,
    route: &str,
    key: FormKey,
) -> sqlx::Result<bool> {
    store::is_used(db, member, route, key).await
}

/// What is known of a form that is not sent now: of a draft.
///
/// # Errors
/// Those of the database.
pub(crate) async fn known(db: &mut PgConnection, form: &Sent) -> sqlx::Result<Sending> {
    if !store::is_used(db, form.member, form.route, form.key).await? {
        return Ok(Sending::First);
    }
    let first = store::first(db, form).await?;
    Ok(match first.fields_hash == form.fields {
        true => Sending::Again(first.location),
        false => Sending::Changed,
    })
}

/// Notes where the deed led.
///
/// # Errors
/// Those of the database.
pub async fn keep(db: &mut PgConnection, sent: &Sent, location: &str) -> sqlx::Result<()> {
    store::set_location(db, sent, location).await
}
