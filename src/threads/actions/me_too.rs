use crate::{
    app::App,
    error::{Error, Result},
    kit::ThreadId,
    members::{Member, Viewer},
    solutions::confirmation,
    threads::{access, duplicates, me_too as me_toos},
};

/// Says that the member has the same problem, or what they have it on. Returns where the thread is.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`] from the door; those of the database.
pub async fn say_me_too(
    app: &App,
    member: &Member,
    thread: ThreadId,
    about: &str,
) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let thread = access::held(&mut tx, member, thread).await?;
    if !thread.can(&Viewer::from(member)).me_too {
        return Err(Error::Refused("me-too-refusal".into()));
    }
    me_toos::say(&mut tx, &thread, member.id, about, now).await?;
    tx.commit().await?;
    Ok(thread.url())
}

/// Takes it back, with what the member said of accepted replies. Returns where the thread is.
///
/// # Errors
/// [`Error::NotFound`] from the door; those of the database.
pub async fn not_me(app: &App, member: &Member, thread: ThreadId) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let thread = access::held(&mut tx, member, thread).await?;
    if me_toos::take_back(&mut tx, thread.id, member.id).await? {
        let original = match duplicates::taken_back(&mut tx, thread.id, member.id).await? {
            Some(original) => access::whole(&mut tx, original).await?,
            None => None,
        };
        let threads = [Some(&thread), original.as_ref()].into_iter().flatten();
        let gone: Vec<_> = threads.map(|thread| (thread, member.id)).collect();
        confirmation::forget(&mut tx, &gone, now).await?;
    }
    tx.commit().await?;
    Ok(thread.url())
}
