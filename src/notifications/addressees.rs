//! Whom a post speaks to, each with the most specific reason.

use super::{notice::Kind, store};
use crate::{
    kit::{MemberId, ThreadId},
    posts::Post,
    rendering, threads,
};
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// Quoted posts whose authors are told; further ones are only quoted.
const MOST_QUOTES: usize = 20;

/// Members to be told, in a fixed order.
pub(super) type Addressees = BTreeMap<MemberId, Kind>;

/// Those whom a reply quotes, mentions or answers, and who follow the thread; never its author.
pub(super) async fn of_reply(db: &mut PgConnection, post: &Post) -> anyhow::Result<Addressees> {
    let mut told = Addressees::new();
    for follower in threads::followers(db, post.thread_id).await? {
        if follower.level == "follow" {
            told.insert(follower.member_id, Kind::Reply);
        }
    }
    if let Some(answered) = store::answered(db, post.id).await? {
        told.insert(answered, Kind::Reply);
    }
    told.extend(of_words(db, post.thread_id, &post.source).await?);
    told.remove(&post.author_id);
    Ok(told)
}

/// Those whom an opening post mentions, and who follow a tag of the thread; never its author.
pub(super) async fn of_opening(db: &mut PgConnection, post: &Post) -> anyhow::Result<Addressees> {
    let followers = threads::followers_of_tags(db, post.thread_id).await?;
    let mut told: Addressees =
        followers.into_iter().map(|follower| (follower, Kind::Reply)).collect();
    told.extend(mentioned(db, post).await?);
    told.remove(&post.author_id);
    Ok(told)
}

/// Those whom a post mentions.
pub(super) async fn mentioned(db: &mut PgConnection, post: &Post) -> anyhow::Result<Addressees> {
    let (handles, _) = rendering::addressed(&post.source).await?;
    let mut told = named(db, &handles).await?;
    told.remove(&post.author_id);
    Ok(told)
}

async fn of_words(
    db: &mut PgConnection,
    thread: ThreadId,
    source: &str,
) -> anyhow::Result<Addressees> {
    let (handles, quotes) = rendering::addressed(source).await?;
    let mut told = named(db, &handles).await?;
    let positions: Vec<i32> = quotes.iter().take(MOST_QUOTES).map(|quote| quote.position).collect();
    if !positions.is_empty() {
        let authors = store::authors_at(db, thread, &positions).await?;
        told.extend(authors.into_iter().map(|author| (author, Kind::Quote)));
    }
    Ok(told)
}

async fn named(db: &mut PgConnection, handles: &[String]) -> anyhow::Result<Addressees> {
    if handles.is_empty() {
        return Ok(Addressees::new());
    }
    let lower: Vec<String> = handles.iter().map(|handle| handle.to_lowercase()).collect();
    let members = store::named(db, &lower).await?;
    Ok(members.into_iter().map(|member| (member, Kind::Mention)).collect())
}
