use super::{
    ledger::{self, Act},
    store,
};
use crate::{
    app::App,
    error::{Error, Result},
    kit::PostId,
    members::{Member, Viewer},
    outbox::{self, Actor, Event},
    posts, reputation, solutions,
};

/// Takes a post away, saying why in public. Its author still sees the words. Returns where its
/// tombstone stands.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`] from the door; those of the database.
pub async fn remove_post(app: &App, member: &Member, post: PostId, reason: &str) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post) = posts::access::held(&mut tx, member, post).await?;
    let location = thread.url_at(post.position);
    let can = post.can(&thread, &Viewer::from(member));
    if !can.remove {
        return if can.restore {
            Ok(location)
        } else {
            Err(Error::Refused("moderators-only".into()))
        };
    }
    let actor = Actor::Member(member.id);
    let entry =
        ledger::write(&mut tx, Act::RemovePost, actor, &thread, Some(post.id), reason, now).await?;
    solutions::acceptance::withdraw(&mut tx, &thread, post.id, actor, now).await?;
    posts::store::set_removed(&mut tx, post.id, Some(now)).await?;
    posts::post::count_readable(&mut tx, &thread, &post, -1, now).await?;
    let deed = format!("removed:{entry}");
    let (author, board) = (post.author_id, thread.board_id);
    reputation::post_removed(&mut tx, author, board, post.id, &deed, now).await?;
    let event = Event::PostRemoved { thread: thread.id, post: post.id };
    outbox::record(&mut tx, actor, &event, now).await?;
    tx.commit().await?;
    Ok(location)
}

/// Puts a removed post back. Returns where it stands.
///
/// # Errors
/// As [`remove_post`].
pub async fn restore_post(
    app: &App,
    member: &Member,
    post: PostId,
    reason: &str,
) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post) = posts::access::held(&mut tx, member, post).await?;
    let location = thread.url_at(post.position);
    let can = post.can(&thread, &Viewer::from(member));
    if !can.restore {
        return if can.remove {
            Ok(location)
        } else {
            Err(Error::Refused("moderators-only".into()))
        };
    }
    let actor = Actor::Member(member.id);
    let removal = store::last_of_post(&mut tx, post.id, Act::RemovePost).await?.unwrap_or_default();
    let entry =
        ledger::write(&mut tx, Act::RestorePost, actor, &thread, Some(post.id), reason, now)
            .await?;
    posts::store::set_removed(&mut tx, post.id, None).await?;
    posts::post::count_readable(&mut tx, &thread, &post, 1, now).await?;
    let (removal, deed) = (format!("removed:{removal}"), format!("restored:{entry}"));
    reputation::post_restored(&mut tx, post.id, &removal, &deed, now).await?;
    let event = Event::PostRestored { thread: thread.id, post: post.id };
    outbox::record(&mut tx, actor, &event, now).await?;
    tx.commit().await?;
    Ok(location)
}
