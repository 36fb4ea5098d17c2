//! What people do in nearly every test, in one line each.

use super::{answer::Answer, client::Client, world::World};
use candor::{
    access::{Audience, open_board},
    boards::{NewBoard, NewCategory, Style, found_board, found_category},
    kit::BoardId,
};
use sqlx::{AssertSqlSafe, Row};
use std::sync::atomic::{AtomicU64, Ordering};

/// A thread that a test began.
#[derive(Debug, Clone)]
pub(crate) struct Begun {
    pub(crate) id: i64,
    /// Its full address.
    pub(crate) url: String,
}

impl Begun {
    fn at(location: &str) -> Self {
        let id = location.split('/').nth(2).and_then(|id| id.parse().ok());
        Self { id: id.expect("the address of a thread"), url: location.to_owned() }
    }

    /// The address of something below it: `thread.deed("lock")`.
    pub(crate) fn deed(&self, deed: &str) -> String {
        format!("/t/{}/{deed}", self.id)
    }
}

/// A key as a form has one, each time another.
pub(crate) fn form_key() -> String {
    static LAST: AtomicU64 = AtomicU64::new(0);
    format!("00000000-0000-4000-8000-{:012x}", LAST.fetch_add(1, Ordering::Relaxed))
}

impl Client {
    /// Begins a thread, as the form would; that form has tests of its own.
    pub(crate) async fn start(&self, board: &str, title: &str, body: &str) -> Begun {
        self.start_tagged(board, title, body, "").await
    }

    /// The same with tags.
    pub(crate) async fn start_tagged(
        &self,
        board: &str,
        title: &str,
        body: &str,
        tags: &str,
    ) -> Begun {
        let key = form_key();
        let fields = [
            ("board", board),
            ("title", title),
            ("body", body),
            ("tags", tags),
            ("form_key", key.as_str()),
        ];
        Begun::at(self.post("/ask", &fields).await.expect(303).location())
    }

    /// Replies, as the form would. Returns where the reply stands.
    pub(crate) async fn say(&self, thread: &Begun, body: &str) -> String {
        let fields = [("body", body), ("form_key", &form_key())];
        let answer = self.post(&thread.deed("replies"), &fields).await;
        answer.expect(303).location().to_owned()
    }

    /// Sends a form without fields.
    pub(crate) async fn press(&self, address: &str) -> Answer {
        self.post(address, &[]).await
    }

    /// Takes a post away as a moderator.
    pub(crate) async fn remove(&self, post: i64, reason: &str) {
        self.post(&format!("/p/{post}/remove"), &[("reason", reason)]).await.expect(303);
    }

    /// Changes the text of another's post as a moderator.
    pub(crate) async fn edit_because(&self, post: i64, body: &str, reason: &str) {
        let fields = [("body", body), ("reason", reason)];
        self.post(&format!("/p/{post}/edit"), &fields).await.expect(303);
    }

    /// Changes the text of one's own post.
    pub(crate) async fn edit(&self, post: i64, body: &str) {
        self.post(&format!("/p/{post}/edit"), &[("body", body)]).await.expect(303);
    }
}

impl Answer {
    /// Where all links lead.
    pub(crate) fn hrefs(&self) -> Vec<String> {
        self.whole().hrefs()
    }
}

impl World {
    /// The id of the post at a place of a thread.
    pub(crate) async fn post_at(&self, thread: &Begun, position: i32) -> i64 {
        let thread = thread.id;
        self.count(&format!(
            "select id from posts where thread_id = {thread} and position = {position}"
        ))
        .await
    }

    /// Founds a board under a heading of its own; both are called by the name.
    pub(crate) async fn found(&self, slug: &str, style: Style, audience: Audience) {
        let heading = format!("heading-{slug}");
        let new = NewCategory { slug: &heading, name: &heading };
        let category = found_category(&self.app, new).await.unwrap().expect("the name is free");
        let description = format!("{slug} described");
        let new = NewBoard {
            category,
            slug,
            name: slug,
            description: &description,
            style,
            icon: "help",
            tone: 1,
            audience,
        };
        found_board(&self.app, new).await.unwrap().expect("the name is free");
    }

    /// A column of texts from the database, for what no page lists.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        let rows = query.fetch_all(&mut self.as_app().await).await.expect("the query is right");
        rows.into_iter().map(|row| row.get(0)).collect()
    }

    /// Opens a board to others than before.
    pub(crate) async fn reopen(&self, slug: &str, audience: Audience) {
        let id = self.count(&format!("select id from boards where slug = '{slug}'")).await;
        let mut tx = self.app.db.begin().await.unwrap();
        open_board(&mut tx, BoardId(id), audience, false).await.unwrap();
        tx.commit().await.unwrap();
    }
}
