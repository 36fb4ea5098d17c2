//! Members of a community that moves in: made inside a given transaction, with their own past.

use super::store::{self, NewRow};
use crate::{
    kit::{MemberId, handle_skeleton},
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
