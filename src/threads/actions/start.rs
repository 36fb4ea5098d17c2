use crate::{
    app::App,
    boards,
    drafts::{self, Place},
    error::{Error, Result},
    form_keys::{self, FormKey, Sending},
    kit::ThreadId,
    markup::TooMuch,
    members::{Member, Viewer},
    outbox::Actor,
    posts::{
        post::{self, Author},
        writing,
    },
    reputation,
    threads::{
        access,
        forms::sent,
        store, tags,
        thread::{self, Opening},
    },
};

/// A thread that may be begun.
#[derive(Debug, Clone)]
pub struct NewThread {
    /// The board's name in addresses.
    pub board: String,
    /// The title, on one line.
    pub title: String,
    /// The opening post, tidied.
    pub body: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The form's key; none where no form was sent.
    pub key: Option<FormKey>,
}

/// How beginning a thread ends.
#[derive(Debug)]
pub enum Started {
    /// It stands, at this address; also when the same form was sent before.
    At(String),
    /// The form's key was used for another text: nothing was written.
    FormChanged,
    /// The text is too much to draw.
    TooMuch(TooMuch),
    /// This tag is given by staff and moderators alone: nothing was written.
    Restricted(String),
}

/// Begins a thread with its opening post, in one transaction.
///
/// # Errors
/// [`Error::NotFound`] where the member may not see the board, [`Error::Refused`] where they may not
/// begin threads there; those of the database.
pub async fn start(app: &App, member: &Member, new: &NewThread) -> Result<Started> {
    let now = app.now();
    let viewer = Viewer::from(member);
    let id = store::next_id(&mut *app.db.acquire().await?).await?;
    let text = match writing::prepare(app, member.id, &new.body, Some(id)).await? {
        Ok(text) => text,
        Err(too_much) => return Ok(Started::TooMuch(too_much)),
    };
    let form =
        new.key.map(|key| sent(member.id, key, [&new.board, &new.title, &new.body], &new.tags));

    let mut tx = app.db.begin().await?;
    if let Some(form) = &form {
        match form_keys::claim(&mut tx, form, now).await? {
            Sending::First => {}
            Sending::Again(location) => return Ok(Started::At(location)),
            Sending::Changed => return Ok(Started::FormChanged),
        }
    }
    let board =
        boards::store::seen_by(&mut tx, viewer.key(), &new.board).await?.ok_or(Error::NotFound)?;
    if !board.may_start(&viewer) {
        return Err(Error::Refused(board.closed_because()));
    }
    if !tags::gives_restricted(member, board.level)
        && let Some(tag) = tags::restricted(&mut tx, &new.tags).await?
    {
        return Ok(Started::Restricted(tag));
    }
    let opening = Opening {
        id,
        board: board.id,
        author: member.id,
        title: &new.title,
        tags: &new.tags,
        post: text.id,
    };
    thread::begin(&mut tx, &opening, now).await?;
    let thread = access::held(&mut tx, member, id).await?;
    let author = Author { member, actor: Actor::Member(member.id) };
    let position = post::publish(&mut tx, &thread, &author, &text, None, now).await?;
    reputation::post_written(&mut tx, member.id, board.id, text.id, position, now).await?;
    let location = thread.url();
    if let Some(form) = &form {
        form_keys::keep(&mut tx, form, &location).await?;
        drafts::store::forget(&mut tx, member.id, Place::New(form.key)).await?;
    }
    tx.commit().await?;
    Ok(Started::At(location))
}

/// The thread an address leads to, as [`Started::At`] names it.
pub fn thread_in(location: &str) -> Option<ThreadId> {
    location.strip_prefix("/t/")?.split(['/', '?', '#']).next()?.parse().ok()
}
