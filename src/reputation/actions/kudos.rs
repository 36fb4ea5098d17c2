use crate::{
    app::App,
    error::{Error, Result},
    kit::PostId,
    members::{Member, Viewer},
    outbox::{self, Actor, Event},
    posts::{self, Post},
    reputation::{awards, points::WEIGHT, store},
    threads::{self, Thread},
};
use sqlx::PgConnection;

/// Thanks for a post. Given once by each member, never for one's own; giving twice changes nothing.
/// Returns where the post stands.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`] from the door; those of the database.
pub async fn give_kudos(app: &App, member: &Member, post: PostId) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post) = door(&mut tx, member, post).await?;
    let location = thread.url_at(post.position);
    let Some(kudos) = store::insert_kudos(&mut tx, post.id, member.id, now).await? else {
        return Ok(location);
    };
    count(&mut tx, &thread, &post, 1, &kudos).await?;
    awards::kudos_given(&mut tx, post.author_id, member.id, thread.board_id, kudos.id, now).await?;
    let event = Event::KudosGiven { post: post.id, giver: Some(member.id) };
    outbox::record(&mut tx, Actor::Member(member.id), &event, now).await?;
    tx.commit().await?;
    Ok(location)
}

/// Takes one's thanks back; what they earned goes. Returns where the post stands.
///
/// # Errors
/// As [`give_kudos`].
pub async fn revoke_kudos(app: &App, member: &Member, post: PostId) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post) = door(&mut tx, member, post).await?;
    let location = thread.url_at(post.position);
    let Some(kudos) = store::kudos_of(&mut tx, post.id, member.id).await? else {
        return Ok(location);
    };
    let id = kudos.id;
    count(&mut tx, &thread, &post, -1, &kudos).await?;
    // While the row is there, which knows from whom it came.
    awards::undo(&mut tx, &format!("kudos:{id}"), &format!("kudos:{id}:revoked"), now).await?;
    store::delete_kudos(&mut tx, id).await?;
    let event = Event::KudosRevoked { post: post.id, giver: Some(member.id) };
    outbox::record(&mut tx, Actor::Member(member.id), &event, now).await?;
    tx.commit().await?;
    Ok(location)
}

/// The thread's row is held, as by every deed that changes a post: what is taken away meanwhile is not thanked
/// for, and nobody who holds the author waits for the post.
async fn door(db: &mut PgConnection, member: &Member, post: PostId) -> Result<(Thread, Post)> {
    let viewer = Viewer::from(member);
    let (thread, post) = posts::access::held(db, member, post).await?;
    if post.can(&thread, &viewer).kudos {
        Ok((thread, post))
    } else if viewer.is(post.author_id) {
        Err(Error::Refused("kudos-own-refusal".into()))
    } else {
        Err(Error::Refused("kudos-refusal".into()))
    }
}

async fn count(
    db: &mut PgConnection,
    thread: &Thread,
    post: &Post,
    by: i32,
    kudos: &store::Kudos,
) -> sqlx::Result<()> {
    if post.position == 1 {
        threads::store::add_kudos(db, thread.id, by).await?;
    }
    let extra = i64::from(kudos.weight) - WEIGHT;
    posts::store::add_kudos(db, post.id, by, i64::from(by) * extra).await
}
