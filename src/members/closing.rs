//! Closing an account. From that moment others see a former member and nothing else, and no browser is
//! signed in; but for a while signing in brings everything back. After that the room `privacy` erases it.
//!
//! What others could see is moved out of the member's own row at once, so that no list, search or mail
//! needs to know of closed accounts: there is nothing left in it to be shown.

use super::{
    mails,
    member::FORMER,
    session,
    store::{self, closing, factors, tokens},
};
use crate::{
    audit::{self, About, Act, Change},
    error::{Error, Result},
    jobs,
    kit::MemberId,
    outbox::Actor,
    words::Language,
};
use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// So long a closed account can be had back.
pub(crate) const GRACE: Duration = Duration::days(14);

/// Job: erases an account that was closed; see the room `privacy`.
pub(crate) const ERASE: &str = "privacy.erase";

/// Closes an account in the name of `actor`, to be erased at `erase_at`. Roles go, and do not come back.
///
/// # Errors
/// [`Error::Refused`] where nobody would be left to run the community; [`Error::NotFound`] where it is
/// closed already; those of the database.
pub(super) async fn close(
    db: &mut PgConnection,
    actor: Actor,
    member: MemberId,
    erase_at: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<()> {
    // Held, so that what is under way on the account comes before or after, and finds it closed.
    if !factors::hold(db, member).await? {
        return Err(Error::NotFound);
    }
    // Held, so that two administrators who leave at once do not both succeed.
    if store::hold_admins(db).await? == [member] {
        return Err(Error::Refused("last-admin-leaving-refusal".into()));
    }
    let name = Language::default().text("former-member");
    let handle = format!("{FORMER}{member}");
    if !closing::put_aside(db, member, &handle, &name, now, erase_at).await? {
        return Err(Error::NotFound);
    }
    for role in closing::revoke_all(db, member).await? {
        note(db, actor, Act::RevokeRole, member, json!({ "role": role }), now).await?;
    }
    if actor.member() != Some(member) {
        note(db, actor, Act::CloseAccount, member, json!({}), now).await?;
    }
    session::end_all(db, member).await?;
    tokens::forget_all(db, member).await?;
    jobs::enqueue(db, mails::FAREWELL, &member, now).await?;
    jobs::enqueue(db, ERASE, &member, erase_at).await?;
    Ok(())
}

/// Opens a closed account again, as it was. False where it is erased, or was not closed.
pub(super) async fn reopen(db: &mut PgConnection, member: MemberId) -> sqlx::Result<bool> {
    closing::put_back(db, member).await
}

async fn note(
    db: &mut PgConnection,
    actor: Actor,
    act: Act,
    member: MemberId,
    before: serde_json::Value,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let about = About::Member(member);
    let change = Change { act, about, member: None, before, after: json!({}) };
    audit::record(db, actor, &change, now).await
}
