use crate::{
    app::App,
    error::{Error, Result},
    kit::{Cursor, ThreadId},
    members::Member,
    threads::{
        self, ThreadLine, actions, lists, tag_url,
        tags::{self, PAGE, Tag, TagLine},
    },
    web::{self, Page, Path, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// More threads than this are not counted.
const COUNTED: i64 = 99;

#[derive(Template)]
#[template(path = "threads/tag.html")]
pub(in crate::threads) struct ShowTag {
    shell: Shell,
    tag: Tag,
    seen: i64,
    following: bool,
    lines: Vec<ThreadLine>,
    older: Option<String>,
}

#[derive(Template)]
#[template(path = "threads/tags.html")]
pub(in crate::threads) struct ListTags {
    shell: Shell,
    tags: Vec<TagLine>,
    /// Those that the viewer follows.
    followed: Vec<String>,
    /// Whether this is the beginning of the list.
    first: bool,
    next: Option<String>,
}

impl ShowTag {
    fn url(&self) -> String {
        tag_url(&self.tag.name)
    }

    /// Where the button of following goes.
    fn follow_url(&self) -> String {
        format!("{}/follow{}", self.url(), if self.following { "/undo" } else { "" })
    }

    fn told(&self) -> String {
        told(&self.shell, self.seen)
    }

    /// Where an administrator keeps it.
    fn admin_url(&self) -> Option<String> {
        let admin = self.shell.viewer.0.as_ref().is_some_and(Member::is_admin);
        admin.then(|| format!("/admin/tags/{}", self.tag.name))
    }
}

impl ListTags {
    fn told(&self, line: &TagLine) -> String {
        told(&self.shell, line.seen)
    }
}

/// How many threads, in words.
fn told(shell: &Shell, seen: i64) -> String {
    match seen {
        many if many > COUNTED => shell.t1("tag-threads-many", "count", COUNTED),
        few => shell.t1("tag-threads", "count", few),
    }
}

/// From where on; the list goes by the age of the threads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::threads) struct Below {
    below: Option<ThreadId>,
}

/// A tag that no thread has which the viewer may see does not exist for them, and neither does a synonym of it.
pub(in crate::threads) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(name): Path<String>,
    Query(place): Query<Below>,
) -> Result<Response> {
    let viewer = shell.viewer.key();
    let below = place.below.map_or(i64::MAX, |id| id.0);
    let mut db = app.db.acquire().await?;
    let tag = tags::find(&mut db, &name).await?.ok_or(Error::NotFound)?;
    let mut ids = tags::threads_of(&mut db, viewer, tag.id, below, lists::PAGE + 1).await?;
    if ids.is_empty() {
        return Err(Error::NotFound);
    }
    if tag.name != name {
        return Ok(web::permanent(&tag_url(&tag.name)));
    }
    let beyond = ids.len() as i64 > lists::PAGE;
    ids.truncate(lists::PAGE as usize);
    let last = ids.last().filter(|_| beyond);
    let older = last.map(|id| format!("{}?below={id}", tag_url(&tag.name)));
    let seen = tags::count_seen(&mut db, viewer, tag.id).await?;
    let following =
        viewer.is_some() && tags::store::follows::follows(&mut db, tag.id, viewer).await?;
    let lines = threads::lines(&mut db, viewer, &ids).await?;
    Ok(Page(ShowTag { shell, tag, seen, following, lines, older }).into_response())
}

pub(in crate::threads) async fn follow(
    State(app): State<App>,
    member: Member,
    Path(name): Path<String>,
) -> Result<Response> {
    let name = actions::follow_tag(&app, &member, &name).await?;
    Ok(web::see_other_saying(&tag_url(&name), "flash-tag-followed"))
}

pub(in crate::threads) async fn unfollow(
    State(app): State<App>,
    member: Member,
    Path(name): Path<String>,
) -> Result<Response> {
    let name = actions::unfollow_tag(&app, &member, &name).await?;
    Ok(web::see_other_saying(&tag_url(&name), "flash-tag-unfollowed"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::threads) struct Beyond {
    from: Option<Cursor>,
}

pub(in crate::threads) async fn index(
    State(app): State<App>,
    shell: Shell,
    Query(place): Query<Beyond>,
) -> Result<Page<ListTags>> {
    let mut db = app.db.acquire().await?;
    let viewer = shell.viewer.key();
    let mut followed = Vec::new();
    if viewer.is_some() && place.from.is_none() {
        followed = tags::store::follows::followed(&mut db, viewer).await?;
    }
    let mut tags = tags::most_used(&mut db, viewer, place.from).await?;
    let more = tags.len() > PAGE;
    tags.truncate(PAGE);
    let last = tags.last().filter(|_| more);
    let next = last.map(|tag| format!("/tags?from={}", tag.cursor()));
    Ok(Page(ListTags { shell, tags, followed, first: place.from.is_none(), next }))
}
