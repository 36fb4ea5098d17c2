use crate::{
    app::App,
    error::{Error, Result},
    kit::PostId,
    members::Member,
    posts::{access, actions, post::Post},
    threads::Thread,
    web::{self, Page, Path, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};

/// The page that asks once more.
#[derive(Template)]
#[template(path = "posts/delete.html")]
pub(in crate::posts) struct DeletePost {
    shell: Shell,
    thread: Thread,
    post: Post,
}

pub(in crate::posts) async fn show(
    State(app): State<App>,
    shell: Shell,
    _member: Member,
    Path(id): Path<PostId>,
) -> Result<Page<DeletePost>> {
    let (thread, post) = access::readable(&mut *app.db.acquire().await?, &shell.viewer, id).await?;
    if !post.can(&thread, &shell.viewer).delete {
        return Err(Error::Refused("post-delete-refusal".into()));
    }
    Ok(Page(DeletePost { shell, thread, post }))
}

pub(in crate::posts) async fn create(
    State(app): State<App>,
    member: Member,
    Path(id): Path<PostId>,
) -> Result<Response> {
    let location = actions::delete(&app, &member, id).await?;
    Ok(web::see_other_saying(&location, "flash-deleted"))
}
