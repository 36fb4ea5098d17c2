pub(super) mod lists;

use super::views::{self, Answers, Helper, News};
use crate::{
    app::App,
    error::Result,
    kit::ThreadId,
    threads::{self, CategoryLines, List, Order, ThreadLine, lists::From, questions},
    web::{Page, Shell},
};
use askama::Template;
use axum::extract::State;

/// How many of each the page shows.
const RECENT: i64 = 10;
const FEW: i64 = 5;

#[derive(Template)]
#[template(path = "home/show.html")]
pub(super) struct ShowHome {
    shell: Shell,
    tabs: Vec<lists::Tab>,
    answers: Vec<Answers>,
    waiting: Vec<ThreadLine>,
    recent: Vec<ThreadLine>,
    open: Vec<ThreadLine>,
    news: Vec<News>,
    helpers: Vec<Helper>,
    categories: Vec<CategoryLines>,
}

pub(super) async fn show(State(app): State<App>, shell: Shell) -> Result<Page<ShowHome>> {
    let viewer = shell.viewer.key();
    let mut db = app.db.acquire().await?;
    let (mut answers, mut waiting) = (Vec::new(), Vec::new());
    if let Some(member) = shell.member() {
        answers = views::answers(&mut db, member.id, FEW).await?;
        waiting = views::own_questions(&mut db, member.id, FEW).await?;
    }
    let mut recent = threads::pinned(&mut db, viewer, None).await?;
    let list = List { board: None, order: Order::Activity, from: From::Start, most: RECENT };
    let picked = threads::pick(&mut db, viewer, list).await?.picked;
    let others = picked.iter().map(|picked| picked.id).filter(|id| !recent.contains(id));
    let others: Vec<_> = others.collect();
    recent.extend(others);
    // What stands above need not stand here again; more than that much cannot have to be left out.
    let above = (waiting.len() + recent.len()) as i64;
    let mut open = views::open_questions(&mut db, viewer, FEW + above).await?;
    open.retain(|id| !waiting.contains(id) && !recent.contains(id));
    open.truncate(FEW as usize);

    // One query draws the rows of all lists.
    let all: Vec<ThreadId> = waiting.iter().chain(&recent).chain(&open).copied().collect();
    let lines = threads::lines(&mut db, viewer, &all).await?;
    let rows = |ids: &[ThreadId]| {
        let row = |id: &ThreadId| lines.iter().find(|line| line.id == *id).cloned();
        ids.iter().filter_map(row).collect::<Vec<_>>()
    };
    let counts = questions::counts(&mut db, viewer, shell.now).await?;
    Ok(Page(ShowHome {
        tabs: lists::tabs(&shell, &counts, None),
        answers,
        waiting: rows(&waiting),
        recent: rows(&recent),
        open: rows(&open),
        news: views::news(&mut db, viewer, FEW).await?,
        helpers: views::helpers(&mut db, viewer, FEW).await?,
        categories: threads::boards(&mut db, viewer).await?,
        shell,
    }))
}

impl ShowHome {
    fn guest(&self) -> bool {
        self.shell.member().is_none()
    }

    /// The one sentence for guests; the name until the owner has written it.
    fn welcome(&self) -> String {
        let site = &self.shell.site;
        if site.welcome.is_empty() {
            self.shell.t1("home-welcome", "community", &site.community)
        } else {
            site.welcome.clone()
        }
    }
}
