use crate::{
    app::App,
    drafts::{self, Place},
    error::Result,
    form_keys::{self, FormKey, Sending},
    kit::ThreadId,
    markup::TooMuch,
    members::Member,
    outbox::Actor,
    posts::{
        forms::sent,
        post::{self, Author},
        store, writing,
    },
    reputation, threads,
};

/// A reply that may be written.
#[derive(Debug, Clone)]
pub struct NewReply {
    /// The text, tidied.
    pub body: String,
    /// The position it answers, where it answers one in particular.
    pub reply_to: Option<i32>,
    /// The form's key; none where no form was sent, as by an import.
    pub key: Option<FormKey>,
}

/// How a reply ends.
#[derive(Debug)]
pub enum Replied {
    /// It stands, at this address; also when the same form was sent before.
    At(String),
    /// The form's key was used for another text: nothing was written.
    FormChanged,
    /// The text is too much to draw.
    TooMuch(TooMuch),
}

/// Writes a reply: one transaction from the thread's lock to the outbox.
///
/// # Errors
/// [`crate::error::Error::NotFound`] and [`crate::error::Error::Refused`] from the door; those of the
/// database.
pub async fn reply(
    app: &App,
    member: &Member,
    thread: ThreadId,
    new: &NewReply,
) -> Result<Replied> {
    let now = app.now();
    let text = match writing::prepare(app, member.id, &new.body, Some(thread)).await? {
        Ok(text) => text,
        Err(too_much) => return Ok(Replied::TooMuch(too_much)),
    };
    let form = new.key.map(|key| sent(member.id, key, thread, &new.body, new.reply_to));

    let mut tx = app.db.begin().await?;
    if let Some(form) = &form {
        match form_keys::claim(&mut tx, form, now).await? {
            Sending::First => {}
            Sending::Again(location) => return Ok(Replied::At(location)),
            Sending::Changed => return Ok(Replied::FormChanged),
        }
    }
    let thread = threads::access::open_to(&mut tx, member, thread).await?;
    let reply_to = match new.reply_to {
        Some(position) => store::at(&mut tx, thread.id, position).await?.map(|post| post.id),
        None => None,
    };
    let author = Author { member, actor: Actor::Member(member.id) };
    let position = post::publish(&mut tx, &thread, &author, &text, reply_to, now).await?;
    reputation::post_written(&mut tx, member.id, thread.board_id, text.id, position, now).await?;
    let location = thread.url_in_time(position);
    if let Some(form) = &form {
        form_keys::keep(&mut tx, form, &location).await?;
        let place = Place::Reply(thread.id, form.key);
        drafts::store::posted(&mut tx, member.id, place, form.key).await?;
    }
    tx.commit().await?;
    Ok(Replied::At(location))
}
