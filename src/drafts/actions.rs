use super::{
    draft::{Draft, Place, Text},
    store,
};
use crate::{
    app::App,
    error::{Error, Result},
    form_keys::{self, FormKey, Sending},
    kit::DraftId,
    members::{Member, Viewer},
    posts::{self, writing},
    threads::{self, forms::title_line},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// How a saving ends.
#[derive(Debug)]
pub(super) enum Saved {
    /// It is kept, as this version and in a form with this key.
    As(Uuid, Option<FormKey>),
    /// There was nothing to keep.
    Nothing,
    /// It was posted: it is no draft any more.
    Sent,
    /// Another device has saved something else meanwhile; nothing was written.
    Elsewhere(Draft),
    /// The member has as many as are kept.
    TooMany,
}

/// Keeps a text, if nobody has saved another one since the version that was `seen`.
///
/// # Errors
/// [`Error::NotFound`] where the member may not see the place, [`Error::Refused`] where they may not change
/// the post; those of the database.
pub(super) async fn save(
    app: &App,
    member: &Member,
    place: Place,
    text: &Text,
    seen: Option<Uuid>,
) -> Result<Saved> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let stands = pass(&mut tx, member, place, text).await?;
    let place = match sending(&mut tx, member, place, text).await? {
        Sending::First => place,
        Sending::Again(_) => return Ok(Saved::Sent),
        // Another text in a form that was sent, as after a way back in the browser.
        Sending::Changed => place.anew(),
    };
    if text.is_empty() || stands {
        store::empty(&mut tx, member.id, place, seen).await?;
        tx.commit().await?;
        return Ok(Saved::Nothing);
    }
    let version = Uuid::now_v7();
    let went_on = match seen {
        Some(seen) => store::update(&mut tx, member.id, place, text, seen, version, now).await?,
        None => false,
    };
    if !went_on && !store::insert(&mut tx, member.id, place, text, version, now).await? {
        match store::at(&mut tx, member.id, place).await? {
            // An answer was lost, and it is saved once more.
            Some(draft) if text.says(&draft) => {
                return Ok(Saved::As(draft.version, draft.form_key));
            }
            Some(draft) => return Ok(Saved::Elsewhere(draft)),
            // What is in the way was sent, or there are too many.
            None => store::forget(&mut tx, member.id, place).await?,
        }
        if !store::insert(&mut tx, member.id, place, text, version, now).await? {
            return Ok(Saved::TooMany);
        }
    }
    tx.commit().await?;
    Ok(Saved::As(version, place.key()))
}

/// The door to the place; returns whether the text stands there already.
async fn pass(db: &mut PgConnection, member: &Member, place: Place, text: &Text) -> Result<bool> {
    let viewer = Viewer::from(member);
    match place {
        Place::New(_) => Ok(false),
        Place::Reply(thread, _) => {
            threads::access::readable(db, &viewer, thread).await?;
            Ok(false)
        }
        Place::Edit(post) => {
            let (thread, post) = posts::access::readable(db, &viewer, post).await?;
            if !post.can(&thread, &viewer).edit {
                return Err(Error::Refused("post-edit-refusal".into()));
            }
            // A page from before tags could be changed sends none.
            let same_tags = text.tags.is_empty() || thread.tags.join(", ") == text.tags;
            let same_thread = post.position > 1 || (thread.title == text.title && same_tags);
            Ok(same_thread && post.source == writing::tidy(&text.body))
        }
    }
}

/// Whether the form was sent, and with this text.
async fn sending(
    db: &mut PgConnection,
    member: &Member,
    place: Place,
    text: &Text,
) -> Result<Sending> {
    let body = writing::tidy(&text.body);
    let form = match place {
        Place::New(key) => {
            let tags = threads::tags::read(&text.tags).unwrap_or_default();
            let title = title_line(&text.title);
            threads::forms::sent(member.id, key, [&text.board, &title, &body], &tags)
        }
        Place::Reply(thread, key) => {
            posts::forms::sent(member.id, key, thread, &body, text.reply_to)
        }
        Place::Edit(_) => return Ok(Sending::First),
    };
    Ok(form_keys::known(db, &form).await?)
}

/// Throws a draft away; returns where its form is, while the member may send that.
///
/// # Errors
/// [`Error::NotFound`] where the member has no such draft; those of the database.
pub(super) async fn discard(app: &App, member: &Member, id: DraftId) -> Result<Option<String>> {
    let mut tx = app.db.begin().await?;
    let draft = store::by_id(&mut tx, member.id, id).await?.ok_or(Error::NotFound)?;
    let form = form_of(&mut tx, member, &draft).await?;
    store::discard(&mut tx, member.id, id).await?;
    tx.commit().await?;
    // A new thread's form without its draft is an empty one.
    let begins = draft.thread_id.is_none() && draft.post_id.is_none();
    Ok(if begins { Some("/ask?fresh=true".to_owned()) } else { form })
}

/// The address of a draft's form, while the member may send it.
///
/// # Errors
/// Those of the database.
pub(super) async fn form_of(
    db: &mut PgConnection,
    member: &Member,
    draft: &Draft,
) -> Result<Option<String>> {
    let viewer = Viewer::from(member);
    if let Some(thread) = draft.thread_id {
        let thread = seen(threads::access::readable(db, &viewer, thread).await)?;
        let open = thread.filter(|thread| thread.can(&viewer).reply);
        return Ok(open.map(|thread| format!("{}#reply", thread.page_url(thread.last_page()))));
    }
    if let Some(post) = draft.post_id {
        let found = seen(posts::access::readable(db, &viewer, post).await)?;
        let open = found.filter(|(thread, post)| post.can(thread, &viewer).edit);
        return Ok(open.map(|(_, post)| format!("/p/{}/edit", post.id)));
    }
    Ok(Some(format!("/ask?draft={}", draft.id)))
}

fn seen<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
