use crate::{
    app::App,
    error::{Error, Result},
    groups::{self, store::Joined},
    members::views::{self, PostLine, Profile},
    reputation::{self, Standing},
    web::{Page, Path, Shell},
};
use askama::Template;
use axum::extract::State;

/// Posts shown of a member.
const POSTS: i64 = 10;

#[derive(Template)]
#[template(path = "members/profile.html")]
pub(in crate::members) struct ShowProfile {
    shell: Shell,
    profile: Profile,
    standing: Standing,
    /// How many ranks there are.
    ranks: i64,
    posts: Vec<PostLine>,
    /// The groups the member is in and the viewer may know of.
    groups: Vec<Joined>,
}

pub(in crate::members) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(handle): Path<String>,
) -> Result<Page<ShowProfile>> {
    let mut db = app.db.acquire().await?;
    let profile = views::profile(&mut db, &handle).await?.ok_or(Error::NotFound)?;
    let ladder = reputation::store::ladder(&mut db).await?;
    let standing = Standing::on(&ladder, profile.points);
    let posts = views::recent_posts(&mut db, shell.viewer.key(), profile.id, POSTS).await?;
    let groups = match shell.member() {
        Some(viewer) => groups::store::of_member(&mut db, viewer.id, profile.id).await?,
        None => Vec::new(),
    };
    Ok(Page(ShowProfile { shell, profile, standing, ranks: ladder.len() as i64, posts, groups }))
}

impl ShowProfile {
    fn own(&self) -> bool {
        self.shell.viewer.is(self.profile.id)
    }
}
