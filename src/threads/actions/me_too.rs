use crate::{
    app::App,
    error::{Error, Result},
    kit::ThreadId,
    members::{Member, Viewer},
    reputation,
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
    let original = duplicates::hold_both(&mut tx, thread).await?;
    let thread = access::readable(&mut tx, &Viewer::from(member), thread).await?;
    if !thread.can(&Viewer::from(member)).me_too {
        return Err(Error::Refused("me-too-refusal".into()));
    }
    me_toos::say(&mut tx, &thread, original, member.id, about, now).await?;
    reputation::ledger::settle(&mut tx, &[member.id], now).await?;
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
    let original = duplicates::hold_both(&mut tx, thread).await?;
    let thread = access::readable(&mut tx, &Viewer::from(member), thread).await?;
    if me_toos::take_back(&mut tx, thread.id, member.id).await? {
        let lost = match original {
            Some(original)
                if duplicates::taken_back(&mut tx, thread.id, original, member.id).await? =>
            {
                access::whole(&mut tx, original).await?
            }
            _ => None,
        };
        let threads = [Some(&thread), lost.as_ref()].into_iter().flatten();
        let alone = [member.id];
        let gone: Vec<_> = threads.map(|thread| (thread, &alone[..])).collect();
        confirmation::forget(&mut tx, &gone, now).await?;
    }
    tx.commit().await?;
    Ok(thread.url())
}
