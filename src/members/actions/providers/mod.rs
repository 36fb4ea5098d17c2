//! Signing in through providers.

mod arrive;
mod come_back;
mod own;
mod roles;
mod run;

use super::passwords;
use crate::{
    app::App,
    error::{Error, Result},
    groups, invitations,
    kit::{MemberId, ProviderId, Secret},
    members::{
        mails::What,
        provider::{Provider, Purpose, ROUND},
        store::{
            self,
            providers::{self, NewIdentity},
            rounds::{self, NewRound},
        },
    },
    oidc::Fault,
    reputation,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(in crate::members) use arrive::{Joined, join_by_arrival, link_arrival};
pub(in crate::members) use come_back::{Brought, Came, Failure, come_back};
pub(in crate::members) use own::{Allowed, Unlinked, may_link, unlink};
pub use run::{Changed, Mapped, SecretEdit, add_provider, change_provider};

/// Where a browser is sent.
pub(in crate::members) struct Sent {
    /// What the provider is called.
    pub(in crate::members) name: String,
    /// The address there, or why there is none.
    pub(in crate::members) url: Result<String, Fault>,
}

/// Begins a round with a provider, for a browser that is known by a cookie of its own.
pub(in crate::members) async fn begin(
    app: &App,
    slug: &str,
    (purpose, member): (Purpose, Option<MemberId>),
    browser: &Secret,
    (back, invitation): (&str, Option<&Secret>),
) -> Result<Sent> {
    let now = app.now();
    let provider = switched_on(&mut *app.db.acquire().await?, slug).await?;
    let party = provider.party(app)?;
    // No connection is held while the provider is asked.
    let round = match app.oidc.begin(&party, purpose == Purpose::Prove, now).await {
        Ok(round) => round,
        Err(fault) => return Ok(Sent { name: provider.name, url: Err(fault) }),
    };
    let mut tx = app.db.begin().await?;
    // From here on only the server knows which it is. One that is good no longer is told of on the way back.
    let invitation = match invitation {
        Some(link) => invitations::usable(&mut tx, link, now).await?.map(|open| open.id),
        None => None,
    };
    let new = NewRound {
        state_hash: &round.state.hash(),
        browser_hash: &browser.hash(),
        provider: provider.id,
        purpose: purpose.name(),
        member,
        nonce: &round.kept.nonce,
        verifier: &round.kept.verifier,
        back,
        invitation,
        expires_at: now + ROUND,
    };
    rounds::insert(&mut tx, &new, now).await?;
    tx.commit().await?;
    Ok(Sent { name: provider.name, url: Ok(round.url) })
}

/// The provider, if it is switched on.
async fn switched_on(db: &mut PgConnection, slug: &str) -> Result<Provider> {
    let found = providers::by_slug(db, slug).await?;
    found.filter(|provider| provider.enabled_at.is_some()).ok_or(Error::NotFound)
}

/// Links a subject to an account, brings it into the groups that belong to it, and tells the member by mail.
/// `None` where the subject is linked to an account, or the account to another subject there; else whether
/// rights changed, which is to be announced after the commit.
async fn link(
    db: &mut PgConnection,
    member: MemberId,
    new: &NewIdentity<'_>,
    (name, groups): (&str, &[String]),
    now: OffsetDateTime,
) -> Result<Option<bool>> {
    if !providers::link(db, member, new, now).await? {
        return Ok(None);
    }
    let account = store::account(db, member).await?;
    passwords::tell_of(db, &account, What::ProviderLinked, name, now).await?;
    // Roles come at the next sign-in: one that comes now would end the session of whoever links.
    Ok(Some(follow_groups(db, new.provider, member, groups, now).await?))
}

/// Unlinks all providers from an account; says whether rights changed, as [`link`] does.
pub(super) async fn unlink_all(
    db: &mut PgConnection,
    member: MemberId,
    now: OffsetDateTime,
) -> Result<bool> {
    let mut changed = false;
    for provider in providers::unlink_all(db, member).await? {
        changed |= follow(db, provider, member, &[], now).await?;
    }
    Ok(changed)
}

/// Lets groups and roles follow what the provider says, as long as it is switched on and the member linked to it:
/// either may have changed while it was asked. Before the member is let in.
async fn follow(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    values: &[String],
    now: OffsetDateTime,
) -> Result<bool> {
    let counts = providers::vouches(db, provider, member).await?;
    let values = if counts { values } else { &[] };
    let regrouped = follow_groups(db, provider, member, values, now).await?;
    Ok(roles::follow(db, provider, member, values, now).await? || regrouped)
}

/// Lets groups alone follow.
async fn follow_groups(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    values: &[String],
    now: OffsetDateTime,
) -> Result<bool> {
    let counts = providers::vouches(db, provider, member).await?;
    let values = if counts { values } else { &[] };
    // Before the groups, as whoever changes their rank does.
    reputation::ledger::hold(db, &[member]).await?;
    let changed = groups::brought::follow(db, provider, member, values, now).await?;
    if changed {
        // Whoever is out by this may still be in by their rank.
        reputation::ledger::confer(db, &[member], now).await?;
    }
    Ok(changed)
}
