use super::acceptance;
use crate::{
    app::App,
    error::{Error, Result},
    kit::PostId,
    members::{Member, Viewer},
    outbox::Actor,
    posts,
};

/// Marks a reply as the solution of its question. Returns where it stands.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`] from the door; those of the database.
pub async fn accept(app: &App, member: &Member, post: PostId) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post) = posts::access::held(&mut tx, member, post).await?;
    if !post.can(&thread, &Viewer::from(member)).accept {
        return Err(Error::Refused("solution-refusal".into()));
    }
    acceptance::mark(&mut tx, &thread, post.id, post.author_id, Actor::Member(member.id), now)
        .await?;
    tx.commit().await?;
    Ok(thread.url_at(post.position))
}

/// Takes the mark away. Returns where the reply stands.
///
/// # Errors
/// As [`accept`].
pub async fn unaccept(app: &App, member: &Member, post: PostId) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post) = posts::access::held(&mut tx, member, post).await?;
    if !thread.can(&Viewer::from(member)).accept {
        return Err(Error::Refused("solution-refusal".into()));
    }
    acceptance::withdraw(&mut tx, &thread, post.id, Actor::Member(member.id), now).await?;
    tx.commit().await?;
    Ok(thread.url_at(post.position))
}
