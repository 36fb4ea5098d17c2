use crate::{
    app::App,
    error::{Error, Result},
    kit::PostId,
    members::{Member, Viewer},
    outbox::{self, Actor, Event},
    posts::{access, post::count_readable, store},
    reputation, solutions,
};

/// Takes back one's own post; a tombstone keeps its place. Returns where that stands.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`] from the door; those of the database.
pub async fn delete(app: &App, member: &Member, post: PostId) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post) = access::held(&mut tx, member, post).await?;
    let location = thread.url_at(post.position);
    if post.deleted_at.is_some() && post.author_id == member.id {
        return Ok(location);
    }
    if !post.can(&thread, &Viewer::from(member)).delete {
        return Err(Error::Refused("post-delete-refusal".into()));
    }
    let actor = Actor::Member(member.id);
    solutions::acceptance::withdraw(&mut tx, &thread, post.id, actor, now).await?;
    store::set_deleted(&mut tx, post.id, now).await?;
    count_readable(&mut tx, &thread, &post, -1, now).await?;
    reputation::post_withdrawn(&mut tx, post.id, "deleted", now).await?;
    let event = Event::PostDeleted { thread: thread.id, post: post.id };
    outbox::record(&mut tx, actor, &event, now).await?;
    tx.commit().await?;
    Ok(location)
}
