use crate::{
    app::App,
    error::Result,
    kit::PostId,
    posts::access,
    web::{self, Path, Shell},
};
use axum::{extract::State, response::Response};

/// `/p/41` leads to where the post stands.
pub(in crate::posts) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<PostId>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (thread, post) = access::readable(&mut db, &shell.viewer, id).await?;
    Ok(web::see_other(&thread.url_at(post.position)))
}
