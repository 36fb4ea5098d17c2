//! What the inbox tells of which event. Everything here bears being run twice: an event tells a member
//! one thing once.

use super::{
    addressees::{self, Addressees},
    notice::Kind,
    store::{self, About},
};
use crate::{
    kit::{MemberId, PostId},
    moderation,
    outbox::{Event, Heard},
    posts::{self, Post},
};
use sqlx::PgConnection;

mod outcomes;

pub(crate) use super::mails::mail_followers;

/// Listener: tells members what concerns them.
///
/// # Errors
/// Those of the database.
pub(crate) async fn tell(db: &mut PgConnection, heard: &Heard) -> anyhow::Result<()> {
    match heard.event {
        Event::PostWritten { post, .. } => {
            let Some(post) = readable(db, post).await? else { return Ok(()) };
            let told = addressees::of_reply(db, &post).await?;
            tell_of(db, heard, &post, Some(post.author_id), &told).await
        }
        Event::ThreadStarted { post, .. } => {
            let Some(post) = readable(db, post).await? else { return Ok(()) };
            let told = addressees::of_opening(db, &post).await?;
            tell_of(db, heard, &post, Some(post.author_id), &told).await
        }
        Event::PostEdited { post, .. } => {
            mentioned_anew(db, heard, post).await?;
            moderated(db, heard, post, Kind::Edit).await
        }
        Event::SolutionAccepted { post, .. } => outcomes::accepted(db, heard, post).await,
        Event::SolutionUnaccepted { post, .. } => outcomes::lost(db, heard, post).await,
        Event::SolutionRefuted { post, .. } => outcomes::refuted(db, heard, post).await,
        Event::AskerAsked { thread } => outcomes::asked(db, heard, thread).await,
        Event::ThreadJoined { thread, original } => {
            outcomes::joined(db, heard, thread, original).await
        }
        Event::ThreadParted { thread, .. } => outcomes::parted(db, thread).await,
        Event::KudosGiven { post, giver: Some(giver) } => thanked(db, heard, post, giver).await,
        Event::KudosRevoked { post, giver: Some(giver) } => {
            Ok(store::forget_kudos(db, post, giver).await?)
        }
        Event::PostRemoved { post, .. } => moderated(db, heard, post, Kind::Removal).await,
        Event::PostHidden { post, .. } => moderated(db, heard, post, Kind::Hiding).await,
        Event::FlagsSettled { post, .. } => judged(db, heard, post).await,
        Event::PostRestored { post, .. } => moderated(db, heard, post, Kind::Restoration).await,
        Event::RankReached { member, rank } => {
            Ok(store::insert_rank(db, heard.id, member, (rank, None), heard.at).await?)
        }
        Event::RankLost { member, rank, former } => {
            Ok(store::insert_rank(db, heard.id, member, (rank, Some(former)), heard.at).await?)
        }
        Event::BadgeAwarded { member, award } | Event::BadgeRevoked { member, award } => {
            Ok(store::insert_badge(db, heard.id, member, award, heard.at).await?)
        }
        _ => Ok(()),
    }
}

/// The post, unless it is gone meanwhile.
async fn readable(db: &mut PgConnection, post: PostId) -> sqlx::Result<Option<Post>> {
    Ok(posts::store::by_id(db, post).await?.filter(Post::there))
}

async fn tell_of(
    db: &mut PgConnection,
    heard: &Heard,
    post: &Post,
    actor: Option<MemberId>,
    told: &Addressees,
) -> anyhow::Result<()> {
    let about =
        About { event: heard.id, actor, thread: post.thread_id, post: post.id, at: heard.at };
    Ok(store::insert(db, &about, told).await?)
}

async fn tell_author(
    db: &mut PgConnection,
    heard: &Heard,
    post: &Post,
    actor: Option<MemberId>,
    kind: Kind,
) -> anyhow::Result<()> {
    tell_of(db, heard, post, actor, &Addressees::from([(post.author_id, kind)])).await
}

/// Told are only those whom the post had not named before, as far as they were told so.
async fn mentioned_anew(db: &mut PgConnection, heard: &Heard, post: PostId) -> anyhow::Result<()> {
    let Some(post) = readable(db, post).await? else { return Ok(()) };
    let mut told = addressees::mentioned(db, &post).await?;
    for member in store::named_before(db, post.id).await?.into_iter().chain(heard.actor) {
        told.remove(&member);
    }
    tell_of(db, heard, &post, Some(post.author_id), &told).await
}

/// The row of the kudos is held, so that taking them back waits and then finds this notice.
async fn thanked(
    db: &mut PgConnection,
    heard: &Heard,
    post: PostId,
    giver: MemberId,
) -> anyhow::Result<()> {
    let Some(post) = readable(db, post).await? else { return Ok(()) };
    if !store::hold_kudos(db, post.id, giver, heard.at).await? {
        return Ok(());
    }
    tell_author(db, heard, &post, Some(giver), Kind::Kudos).await
}

/// Tells those who flagged a post what came of it.
async fn judged(db: &mut PgConnection, heard: &Heard, post: PostId) -> anyhow::Result<()> {
    let Some(post) = posts::store::by_id(db, post).await? else { return Ok(()) };
    let flaggers = moderation::cases::flaggers(db, post.id).await?;
    let told = flaggers.into_iter().map(|flagger| (flagger, Kind::Verdict)).collect();
    tell_of(db, heard, &post, None, &told).await
}

/// Tells the author what somebody else did to a post, which moderators alone can.
async fn moderated(
    db: &mut PgConnection,
    heard: &Heard,
    post: PostId,
    kind: Kind,
) -> anyhow::Result<()> {
    let Some(post) = posts::store::by_id(db, post).await? else { return Ok(()) };
    if heard.actor == Some(post.author_id) {
        return Ok(());
    }
    tell_author(db, heard, &post, None, kind).await
}
