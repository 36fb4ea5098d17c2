//! What moderators are asked to look at: a post that somebody flagged, until it is settled.

use super::{
    flags::{DISTINCT, NewFlag, Reason, WHOLE},
    ledger::Act,
    removal, store,
};
use crate::{
    error::Result,
    kit::{MemberId, PostId},
    members::Member,
    outbox::{self, Actor, Event, Heard},
    posts::{self, Post},
    settings,
    threads::Thread,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// So long others see that somebody is at a case.
pub(super) const CLAIM: Duration = Duration::minutes(15);

/// The part of the community that hides what several members flagged.
const SYSTEM: Actor = Actor::System("flags");

/// An open case.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) id: i64,
    /// The gravest of the reasons given.
    pub(super) reason: Reason,
    /// Since when the post is out of sight.
    pub(super) hidden_at: Option<OffsetDateTime>,
    pub(super) claimed_by: Option<MemberId>,
    pub(super) claimed_at: Option<OffsetDateTime>,
}

impl Case {
    /// Who else is at it.
    pub(super) fn taken(&self, member: MemberId, now: OffsetDateTime) -> Option<MemberId> {
        let fresh = self.claimed_at.is_some_and(|at| now - at < CLAIM);
        self.claimed_by.filter(|&by| fresh && by != member)
    }

    /// Whether this member said that they are at it.
    pub(super) fn own(&self, member: MemberId, now: OffsetDateTime) -> bool {
        let fresh = self.claimed_at.is_some_and(|at| now - at < CLAIM);
        fresh && self.claimed_by == Some(member)
    }
}

/// What became of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub(crate) enum Outcome {
    /// The post was removed.
    Removed,
    /// It stays.
    Kept,
    /// Its author took it back.
    Gone,
}

impl Outcome {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Kept => "kept",
            Self::Gone => "gone",
        }
    }
}

/// Sets a member's flag, and hides the post if all its flags weigh enough. The thread's row must
/// be held, and the member must not have flagged the post before.
///
/// # Errors
/// Those of the database.
pub(super) async fn raise(
    db: &mut PgConnection,
    member: &Member,
    (thread, post): (&Thread, &Post),
    flag: &NewFlag,
    now: OffsetDateTime,
) -> Result<()> {
    let case = match store::cases::open(db, post.id).await? {
        Some(case) => case.id,
        None => store::cases::insert(db, thread, post, flag.reason, now).await?,
    };
    let flagger = store::flags::flagger(db, member.id).await?;
    let weight = flagger.record.weight(now - flagger.joined_at);
    store::flags::insert(db, case, post.id, member.id, flag, weight, now).await?;
    let raised = store::cases::weigh(db, case).await?;
    let reason = raised.reason.min(flag.reason);
    let weight = i32::try_from(raised.weight).unwrap_or(i32::MAX);
    store::cases::set_urgency(db, case, reason, reason.gravity() + weight.min(9_999)).await?;
    let least = settings::current(db).await?.flags_to_hide;
    let enough = least > 0 && raised.flags >= DISTINCT && weight >= least * WHOLE;
    if enough && post.there() && !store::cases::stays_in_sight(db, post.id).await? {
        removal::take_away(db, Act::HidePost, SYSTEM, (thread, post), "", now).await?;
        store::cases::set_hidden(db, case, now).await?;
    }
    Ok(())
}

/// Settles a post's open case, if there is one, and lets those who flagged it know.
///
/// # Errors
/// Those of the database.
pub(super) async fn settle(
    db: &mut PgConnection,
    post: &Post,
    by: Actor,
    outcome: Outcome,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if !store::cases::settle(db, post.id, by.member(), outcome, now).await? {
        return Ok(());
    }
    let event = Event::FlagsSettled { thread: post.thread_id, post: post.id };
    outbox::record(db, by, &event, now).await
}

/// Listener: what its author took back needs nobody to look at it. Run twice, it settles once.
///
/// # Errors
/// Those of the database.
pub(crate) async fn settle_withdrawn(db: &mut PgConnection, heard: &Heard) -> anyhow::Result<()> {
    let Event::PostDeleted { post, .. } = heard.event else { return Ok(()) };
    let Some(post) = posts::store::by_id(db, post).await? else { return Ok(()) };
    Ok(settle(db, &post, SYSTEM, Outcome::Gone, heard.at).await?)
}

/// Who flagged a post in its latest case.
///
/// # Errors
/// Those of the database.
pub(crate) async fn flaggers(db: &mut PgConnection, post: PostId) -> sqlx::Result<Vec<MemberId>> {
    store::flags::of_latest_case(db, post).await
}
