use super::{
    acceptance::{self, Marked},
    confirmation::{self, Answer},
    store,
};
use crate::{
    app::App,
    error::{Error, Result},
    kit::{Message, PostId, ThreadId},
    members::{Member, Viewer},
    outbox::Actor,
    posts, reputation,
    threads::{self, asking, me_too},
};

/// Accepts a reply to a question, beside those that are accepted already. Returns where it stands.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`] from the door, also where it has as many accepted replies as
/// it can have; those of the database.
pub async fn accept(app: &App, member: &Member, post: PostId) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post) = posts::access::held(&mut tx, member, post).await?;
    if !post.can(&thread, &Viewer::from(member)).accept {
        return Err(Error::Refused("solution-refusal".into()));
    }
    let actor = Actor::Member(member.id);
    // Both at once: to mark what solved one's own question counts for the asker, too.
    reputation::ledger::hold(&mut tx, &[post.author_id, member.id]).await?;
    match acceptance::mark(&mut tx, &thread, post.id, post.author_id, actor, now).await? {
        Marked::Done => {
            reputation::ledger::settle(&mut tx, &[member.id], now).await?;
            tx.commit().await?;
        }
        Marked::Full => {
            let most = acceptance::MOST as i64;
            return Err(Error::Refused(Message::with("solution-too-many", "most", most)));
        }
    }
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

/// Says whether an accepted reply solved it for a member who has the same problem, in place of what they
/// said before. Returns where the solution is shown.
///
/// # Errors
/// [`Error::NotFound`] from the door; [`Error::Refused`] where the reply is not accepted, is the member's
/// own, or they did not say "me too"; those of the database.
pub async fn confirm(app: &App, member: &Member, post: PostId, answer: Answer) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post) = posts::access::held(&mut tx, member, post).await?;
    let may = thread.can(&Viewer::from(member)).me_too
        && post.author_id != member.id
        && me_too::is_one(&mut tx, thread.id, member.id).await?;
    if !may {
        return Err(Error::Refused("confirmation-refusal".into()));
    }
    let standing = store::standing(&mut tx, thread.id).await?;
    let Some(accepted) = standing.iter().find(|accepted| accepted.post_id == post.id) else {
        return Err(Error::Refused("confirmation-late".into()));
    };
    reputation::ledger::hold(&mut tx, &[post.author_id, member.id]).await?;
    confirmation::give(&mut tx, &thread, accepted, member.id, answer, now).await?;
    reputation::ledger::settle(&mut tx, &[member.id], now).await?;
    tx.commit().await?;
    Ok(thread.url())
}

/// Says for the asker that no reply solved it, so that they are not asked on the page any more. Returns
/// where the question is.
///
/// # Errors
/// [`Error::NotFound`] from the door, [`Error::Refused`] to everybody else; those of the database.
pub(super) async fn say_none(app: &App, member: &Member, thread: ThreadId) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let thread = threads::access::held(&mut tx, member, thread).await?;
    if !thread.asks() || thread.author_id != member.id {
        return Err(Error::Refused("asker-only".into()));
    }
    asking::note_answer(&mut tx, thread.id, now).await?;
    tx.commit().await?;
    Ok(thread.url())
}
