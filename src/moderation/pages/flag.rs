//! Saying that something is wrong with a post.

use crate::{
    app::App,
    error::{Error, Result},
    kit::PostId,
    markup,
    members::{Author, Member},
    moderation::{actions, cases::Outcome, flags::FlagForm, store},
    posts::{self, Post},
    threads::Thread,
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};

/// Longest excerpt of the post, in characters.
const EXCERPT: usize = 300;

#[derive(Template)]
#[template(path = "moderation/flag.html")]
pub(in crate::moderation) struct FlagPost {
    shell: Shell,
    thread: Thread,
    post: Post,
    author: Author,
    /// How it begins; empty where it is gone.
    words: String,
    /// What the member said of it before.
    own: Option<store::flags::Own>,
    form: FlagForm,
}

impl FlagPost {
    /// Where the post stands.
    fn place(&self) -> String {
        self.thread.url_at(self.post.position)
    }

    /// What came of the member's own flag.
    fn came(&self, own: &store::flags::Own) -> &'static str {
        match own.outcome {
            None => "flag-waits",
            Some(Outcome::Removed) => "flag-removed",
            Some(Outcome::Kept) => "flag-kept",
            Some(Outcome::Gone) => "flag-gone",
        }
    }
}

pub(in crate::moderation) async fn new(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<PostId>,
) -> Result<Page<FlagPost>> {
    Ok(Page(draw(&app, shell, &member, id, FlagForm::default()).await?))
}

pub(in crate::moderation) async fn create(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<PostId>,
    Form(mut form): Form<FlagForm>,
) -> Result<Response> {
    let Some(flag) = form.check() else {
        return Ok(web::unprocessable(&draw(&app, shell, &member, id, form).await?));
    };
    let location = actions::flag_post(&app, &member, id, &flag).await?;
    Ok(web::see_other_saying(&location, "flash-flagged"))
}

async fn draw(
    app: &App,
    shell: Shell,
    member: &Member,
    id: PostId,
    form: FlagForm,
) -> Result<FlagPost> {
    let mut db = app.db.acquire().await?;
    let (thread, post) = posts::access::readable(&mut db, &shell.viewer, id).await?;
    let own = store::flags::of(&mut db, post.id, member.id).await?;
    if own.is_none() && !post.can(&thread, &shell.viewer).flag {
        return Err(Error::Refused("flag-refusal".into()));
    }
    let subject = store::subject(&mut db, post.id).await?;
    let author =
        Author { id: subject.author_id, handle: subject.author_handle, name: subject.author_name };
    // What is gone is not shown here either.
    let words = if post.there() { markup::excerpt(&subject.html, EXCERPT) } else { String::new() };
    Ok(FlagPost { shell, thread, post, author, words, own, form })
}
