use crate::{
    app::App,
    boards::{self, board_url},
    error::{Error, Result},
    feeds::{entry::Entry, views},
    kit::{BoardId, ThreadId},
    members::profile_url,
    threads::{self, List, Order, access, lists::From, tag_url, tags},
    web::{self, Document, Path, Shell},
};
use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Entries of a feed; the queries take as many.
const MOST: i64 = 30;

#[derive(Template)]
#[template(path = "feeds/atom.xml")]
struct ShowFeed {
    shell: Shell,
    title: String,
    /// The page that says the same.
    page: String,
    entries: Vec<Entry>,
}

impl ShowFeed {
    fn answer(&self, headers: &HeaderMap) -> Result<Response> {
        let text = self.render()?;
        Document { media_type: "application/atom+xml; charset=utf-8", text }.answer(headers)
    }

    /// When the latest change of an entry was; an empty feed never changed.
    fn updated_at(&self) -> &OffsetDateTime {
        let latest = self.entries.iter().map(Entry::updated_at).max();
        latest.unwrap_or(&OffsetDateTime::UNIX_EPOCH)
    }

    /// Its title: a reply goes under the name of who wrote it.
    fn title_of(&self, entry: &Entry) -> String {
        match entry.is_opening() {
            true => entry.title.clone(),
            false => {
                let name = entry.author_name.as_str();
                self.shell.t2("feed-reply", "name", name, "title", entry.title.as_str())
            }
        }
    }
}

async fn youngest(
    db: &mut PgConnection,
    viewer: Option<i64>,
    board: Option<BoardId>,
) -> Result<Vec<Entry>> {
    let list = List { board, order: Order::Newest, from: From::Start, most: MOST };
    let picked = threads::pick(db, viewer, list).await?.picked;
    let ids: Vec<ThreadId> = picked.iter().map(|picked| picked.id).collect();
    Ok(views::openings(db, viewer, &ids).await?)
}

/// The youngest threads of all boards.
pub(in crate::feeds) async fn of_all(
    State(app): State<App>,
    shell: Shell,
    headers: HeaderMap,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let entries = youngest(&mut db, shell.viewer.key(), None).await?;
    let title = shell.site.community.clone();
    ShowFeed { shell, title, page: "/".to_owned(), entries }.answer(&headers)
}

/// The youngest threads of a board.
pub(in crate::feeds) async fn of_board(
    State(app): State<App>,
    shell: Shell,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let viewer = shell.viewer.key();
    let mut db = app.db.acquire().await?;
    let board = boards::store::seen_by(&mut db, viewer, &slug).await?.ok_or(Error::NotFound)?;
    let entries = youngest(&mut db, viewer, Some(board.id)).await?;
    ShowFeed { shell, title: board.name, page: board_url(&board.slug), entries }.answer(&headers)
}

/// The youngest threads with a tag.
pub(in crate::feeds) async fn of_tag(
    State(app): State<App>,
    shell: Shell,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let viewer = shell.viewer.key();
    let mut db = app.db.acquire().await?;
    let tag = tags::find(&mut db, &name).await?.ok_or(Error::NotFound)?;
    let ids = tags::threads_of(&mut db, viewer, tag.id, i64::MAX, MOST).await?;
    if ids.is_empty() {
        return Err(Error::NotFound);
    }
    if tag.name != name {
        return Ok(web::permanent(&format!("{}/feed.atom", tag_url(&tag.name))));
    }
    let entries = views::openings(&mut db, viewer, &ids).await?;
    let title = shell.t1("tag-title", "name", &tag.name);
    ShowFeed { shell, title, page: tag_url(&tag.name), entries }.answer(&headers)
}

/// The youngest posts of a thread.
pub(in crate::feeds) async fn of_thread(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<ThreadId>,
    headers: HeaderMap,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let thread = access::readable(&mut db, &shell.viewer, id).await?;
    if thread.closed_at.is_some() {
        return Err(Error::NotFound);
    }
    let entries = views::posts_of(&mut db, shell.viewer.key(), &thread).await?;
    let page = thread.url();
    ShowFeed { shell, title: thread.title, page, entries }.answer(&headers)
}

/// What a member wrote last.
pub(in crate::feeds) async fn of_member(
    State(app): State<App>,
    shell: Shell,
    Path(handle): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let person = views::person(&mut db, &handle).await?.ok_or(Error::NotFound)?;
    let entries = views::posts_by(&mut db, shell.viewer.key(), person.id).await?;
    ShowFeed { shell, title: person.name, page: profile_url(&person.handle), entries }
        .answer(&headers)
}
