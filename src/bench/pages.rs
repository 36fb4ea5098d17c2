//! What is asked for: pages as guests and members see them, and replies.

use super::store;
use crate::{
    app::App,
    boards::board_url,
    members::session::{self, Browser},
    threads::thread_url,
};
use anyhow::{Result, ensure};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Request, header};
use serde::Serialize;
use sqlx::PgConnection;
use std::fmt;
use url::form_urlencoded;
use uuid::Uuid;

/// Different threads that are read, members who are signed in, and threads that are answered.
const READ: i64 = 40;
const MEMBERS: i64 = 64;
const ANSWERED: i64 = 1_000;

/// The kinds of requests that are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What {
    Thread,
    Board,
    Home,
    Reply,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Who {
    Guest,
    Member,
}

/// One kind of request by one kind of person.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) what: What,
    pub(super) who: Who,
    pub(super) requests: Requests,
}

impl Page {
    /// Whether it changes something, so that the same request is not sent twice.
    pub(super) fn writes(&self) -> bool {
        self.what == What::Reply
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Thread => "thread",
            Self::Board => "board",
            Self::Home => "home",
            Self::Reply => "reply",
        })
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Guest => "guest",
            Self::Member => "member",
        })
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.what, self.who)
    }
}

/// Requests of one kind, told apart by a number.
#[derive(Debug, Clone, Default)]
pub(super) struct Requests {
    paths: Vec<String>,
    /// Empty for guests.
    cookies: Vec<String>,
    /// What is sent; empty where a page is asked for.
    texts: Vec<String>,
}

impl Requests {
    /// Those for plain files.
    pub(super) fn of_files(paths: Vec<String>) -> Self {
        Self { paths, ..Self::default() }
    }

    /// How many there are before they come again, of which `most` are enough.
    pub(super) fn different(&self, most: usize) -> u64 {
        self.paths.len().max(self.cookies.len()).min(most) as u64
    }

    /// The request of this number, to the server at `host`.
    pub(super) fn request(&self, number: u64, host: &str) -> Request<Full<Bytes>> {
        let path = of(&self.paths, number).map_or("/", String::as_str);
        let mut request = Request::builder().uri(path).header(header::HOST, host);
        if let Some(cookie) = of(&self.cookies, number) {
            request = request.header(header::COOKIE, format!("candor={cookie}"));
        }
        let mut body = String::new();
        if let Some(text) = of(&self.texts, number) {
            request = request
                .method(Method::POST)
                .header(header::ORIGIN, format!("http://{host}"))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            body = form_urlencoded::Serializer::new(String::new())
                .append_pair("form_key", &Uuid::now_v7().to_string())
                .append_pair("body", text)
                .append_pair("deed", "post")
                .finish();
        }
        request.body(Full::from(body)).expect("paths and cookies are ASCII")
    }
}

fn of(all: &[String], number: u64) -> Option<&String> {
    all.get(usize::try_from(number).ok()? % all.len().max(1))
}

/// The pages of this community that are measured.
pub(super) async fn choose(app: &App, db: &mut PgConnection) -> Result<Vec<Page>> {
    let url = |thread: &store::ThreadToRead| thread_url(thread.id, &thread.title);
    let threads: Vec<String> = store::threads(db, READ).await?.iter().map(url).collect();
    let boards: Vec<String> =
        store::boards(db, READ).await?.iter().map(|slug| board_url(slug)).collect();
    let replies: Vec<String> = store::threads(db, ANSWERED)
        .await?
        .iter()
        .map(|thread| format!("/t/{}/replies", thread.id))
        .collect();
    let texts = store::texts(db, ANSWERED).await?;
    ensure!(
        !threads.is_empty() && !boards.is_empty() && !texts.is_empty(),
        "there is too little to read"
    );
    let cookies = sessions(app, db).await?;

    let mut pages = Vec::new();
    for (what, paths) in
        [(What::Thread, threads), (What::Board, boards), (What::Home, vec!["/".to_owned()])]
    {
        for who in [Who::Guest, Who::Member] {
            let cookies = if who == Who::Member { cookies.clone() } else { Vec::new() };
            let requests = Requests { paths: paths.clone(), cookies, texts: Vec::new() };
            pages.push(Page { what, who, requests });
        }
    }
    let requests = Requests { paths: replies, cookies, texts };
    pages.push(Page { what: What::Reply, who: Who::Member, requests });
    Ok(pages)
}

async fn sessions(app: &App, db: &mut PgConnection) -> Result<Vec<String>> {
    let mut cookies = Vec::new();
    for member in store::writers(db, MEMBERS).await? {
        let secret = session::begin(db, member, &Browser::default(), app.now()).await?;
        cookies.push(secret.reveal().to_owned());
    }
    ensure!(!cookies.is_empty(), "nobody has written anything");
    Ok(cookies)
}
