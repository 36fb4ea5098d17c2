use crate::{
    app::App,
    error::{Error, Result},
    kit::PostId,
    members::{Member, Viewer},
    moderation::{cases, flags::NewFlag, store},
    posts,
};

/// Says that something is wrong with a post: once of each member. Returns where the post stands.
///
/// # Errors
/// [`Error::NotFound`] from the door; [`Error::Refused`] where it is one's own or not there; those of the database.
pub async fn flag_post(app: &App, member: &Member, post: PostId, flag: &NewFlag) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post) = posts::access::held(&mut tx, member, post).await?;
    let location = thread.url_at(post.position);
    if store::flags::of(&mut tx, post.id, member.id).await?.is_some() {
        return Ok(location);
    }
    if !post.can(&thread, &Viewer::from(member)).flag {
        return Err(Error::Refused("flag-refusal".into()));
    }
    cases::raise(&mut tx, member, (&thread, &post), flag, now).await?;
    tx.commit().await?;
    Ok(location)
}
