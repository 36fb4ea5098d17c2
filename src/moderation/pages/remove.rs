//! Taking a post away, and putting it back.

use crate::{
    app::App,
    error::{Error, Result},
    kit::PostId,
    markup::Html,
    members::{Author, Member, Viewer},
    moderation::{ReasonForm, actions, store},
    posts::{self, Post},
    threads::Thread,
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

#[derive(Template)]
#[template(path = "moderation/remove.html")]
struct RemovePost {
    shell: Shell,
    thread: Thread,
    post: Post,
    author: Author,
    html: Html,
    form: ReasonForm,
}

impl RemovePost {
    /// Where the post stands.
    fn place(&self) -> String {
        self.thread.url_at(self.post.position)
    }
}

pub(in crate::moderation) async fn new(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<PostId>,
) -> Result<Response> {
    match show(&app, shell, &member, id, ReasonForm::default()).await? {
        Ok(page) => Ok(Page(page).into_response()),
        Err(removed) => Ok(web::see_other(&removed)),
    }
}

pub(in crate::moderation) async fn create(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<PostId>,
    Form(mut form): Form<ReasonForm>,
) -> Result<Response> {
    let Some(reason) = form.check() else {
        return Ok(match show(&app, shell, &member, id, form).await? {
            Ok(page) => web::unprocessable(&page),
            Err(removed) => web::see_other(&removed),
        });
    };
    let location = actions::remove_post(&app, &member, id, &reason).await?;
    Ok(web::see_other_saying(&location, "flash-post-removed"))
}

/// The button has no page of its own, so a reason that cannot be taken is given back by the page of
/// errors.
pub(in crate::moderation) async fn restore(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<PostId>,
    Form(mut form): Form<ReasonForm>,
) -> Result<Response> {
    let Some(reason) = form.check_optional() else {
        let problem = form.problems.of("reason").cloned();
        return Err(Error::Refused(problem.unwrap_or_else(|| "reason-missing".into())));
    };
    let reason = if reason.is_empty() { shell.t("restore-reason") } else { reason };
    let location = actions::restore_post(&app, &member, id, &reason).await?;
    Ok(web::see_other_saying(&location, "flash-post-restored"))
}

/// The page for a post that this member may remove; or, where it is removed already, where its
/// tombstone stands.
async fn show(
    app: &App,
    shell: Shell,
    member: &Member,
    id: PostId,
    form: ReasonForm,
) -> Result<Result<RemovePost, String>> {
    let viewer = Viewer::from(member);
    let mut db = app.db.acquire().await?;
    let (thread, post) = posts::access::readable(&mut db, &viewer, id).await?;
    let can = post.can(&thread, &viewer);
    if can.restore {
        return Ok(Err(thread.url_at(post.position)));
    }
    if !can.remove {
        return Err(Error::Refused("moderators-only".into()));
    }
    let subject = store::subject(&mut db, post.id).await?;
    let author =
        Author { id: subject.author_id, handle: subject.author_handle, name: subject.author_name };
    Ok(Ok(RemovePost { shell, thread, post, author, html: subject.html, form }))
}
