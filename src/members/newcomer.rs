//! Members who are made inside a given transaction: of a community that moves in, with their own past, and
//! those who waited to be let in.

use super::store::{
    self, NewRow,
    providers::{self, NewIdentity},
};
use crate::{
    kit::{MemberId, ProviderId, handle_skeleton},
    markup::Html,
    outbox::{self, Actor, Event},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Somebody brought over from elsewhere: without address and password, so that nobody can sign in.
pub(crate) struct Newcomer<'a> {
    pub(crate) handle: &'a str,
    pub(crate) name: &'a str,
    pub(crate) about: &'a str,
    pub(crate) about_html: &'a Html,
}

/// Makes the account as of `joined_at`; `None` where the handle is taken, and the transaction goes on.
pub(crate) async fn bring(
    db: &mut PgConnection,
    new: &Newcomer<'_>,
    joined_at: OffsetDateTime,
) -> sqlx::Result<Option<MemberId>> {
    let row = NewRow {
        handle: new.handle,
        skeleton: &handle_skeleton(new.handle),
        name: new.name,
        email: None,
        password_hash: None,
    };
    let Some(member) = store::insert(db, row, joined_at).await? else { return Ok(None) };
    if !new.about.is_empty() {
        store::set_words(db, member, new.name, new.about, new.about_html.as_str()).await?;
    }
    outbox::record(db, Actor::IMPORT, &Event::MemberJoined { member }, joined_at).await?;
    Ok(Some(member))
}

/// Who somebody is at a provider.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) provider: ProviderId,
    pub(crate) issuer: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) label: &'a str,
}

/// Somebody who waited, and has proved their address.
pub(crate) struct Applicant<'a> {
    pub(crate) handle: &'a str,
    pub(crate) name: &'a str,
    pub(crate) email: &'a str,
    pub(crate) password_hash: Option<&'a str>,
    pub(crate) identity: Option<Known<'a>>,
}

/// How welcoming somebody ends.
pub(crate) enum Welcome {
    In(Welcomed),
    /// The handle is taken, and the transaction goes on.
    HandleTaken,
    /// Who they are elsewhere is a member here; nothing must be committed.
    Known,
}

/// Somebody who was let in.
pub(crate) struct Welcomed {
    pub(crate) member: MemberId,
    /// Whether the address is theirs: not where another account proved it meanwhile.
    pub(crate) confirmed: bool,
}

/// Makes the account of somebody who waited.
pub(crate) async fn welcome(
    db: &mut PgConnection,
    new: &Applicant<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Welcome> {
    let row = NewRow {
        handle: new.handle,
        skeleton: &handle_skeleton(new.handle),
        name: new.name,
        email: Some(new.email),
        password_hash: new.password_hash,
    };
    let Some(member) = store::insert(db, row, now).await? else { return Ok(Welcome::HandleTaken) };
    let confirmed = store::confirm_unclaimed(db, member, now).await?;
    if let Some(known) = &new.identity {
        let identity = NewIdentity {
            provider: known.provider,
            issuer: known.issuer,
            subject: known.subject,
            label: known.label,
        };
        if !providers::link(db, member, &identity, now).await? {
            return Ok(Welcome::Known);
        }
    }
    outbox::record(db, Actor::Member(member), &Event::MemberJoined { member }, now).await?;
    Ok(Welcome::In(Welcomed { member, confirmed }))
}
