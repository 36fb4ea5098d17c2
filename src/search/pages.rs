use super::{
    query::SearchForm,
    snippet::{self, Span},
    store::{self, Found},
};
use crate::{
    app::App,
    boards,
    error::{Error, Result},
    threads::thread::{post_url, thread_url},
    web::{self, Page, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "search/show.html")]
struct ShowSearch {
    shell: Shell,
    form: SearchForm,
    results: Vec<Line>,
}

/// A result as it is shown.
struct Line {
    found: Found,
    title: Vec<Span>,
    words: Vec<Span>,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Query(mut form): Query<SearchForm>,
) -> Result<Response> {
    if !form.check() {
        return Ok(web::unprocessable(&ShowSearch { shell, form, results: Vec::new() }));
    }
    // A board that is not in the viewer's own list does not exist for them.
    let mut boards = shell.boards.iter().flat_map(|category| &category.boards);
    if !form.board.is_empty() && !boards.any(|board| board.slug == form.board) {
        return Err(Error::NotFound);
    }
    let mut results = Vec::new();
    if !form.q.is_empty() {
        let mut tx = app.db.begin().await?;
        results = match look_for(&mut tx, shell.viewer.key(), &form).await {
            Err(error) if store::took_too_long(&error) => return Err(Error::Busy),
            other => other?,
        };
        tx.commit().await?;
    }
    Ok(Page(ShowSearch { shell, form, results }).into_response())
}

async fn look_for(
    db: &mut PgConnection,
    viewer: Option<i64>,
    form: &SearchForm,
) -> sqlx::Result<Vec<Line>> {
    store::prepare(db).await?;
    let board = match form.board.as_str() {
        "" => None,
        slug => match boards::store::seen_by(db, viewer, slug).await? {
            Some(board) => Some(board.id),
            None => return Ok(Vec::new()),
        },
    };
    let found = store::found(db, viewer, &form.q, board, form.page).await?;
    let titles: Vec<String> = found.iter().map(|one| snippet::unmarked(&one.title)).collect();
    let texts: Vec<String> = found.iter().map(|one| snippet::words(&one.html)).collect();
    let marked = store::marked(db, &form.q, &titles, &texts).await?;
    let line = |((found, marked), text): ((Found, store::Marked), &String)| Line {
        found,
        title: snippet::spans(&marked.title),
        words: snippet::part(&marked.words, text),
    };
    Ok(found.into_iter().zip(marked).zip(&texts).map(line).collect())
}

impl ShowSearch {
    fn board_is(&self, slug: &str) -> bool {
        self.form.board == slug
    }

    /// How many threads were found, as far as they were counted.
    fn total(&self) -> Option<String> {
        let first = &self.results.first()?.found;
        let key = if first.more { "search-total-at-least" } else { "search-total" };
        Some(self.shell.t1(key, "count", first.threads))
    }

    fn shown_pages(&self) -> i32 {
        let threads = self.results.first().map_or(0, |line| line.found.threads);
        let pages = (threads + store::PAGE - 1) / store::PAGE;
        i32::try_from(pages).unwrap_or(i32::MAX).min(store::PAGES)
    }

    fn page_url(&self, number: &i32) -> String {
        self.form.url(*number)
    }

    fn is_page(&self, number: &i32) -> bool {
        self.form.page.number() == *number
    }

    fn previous_url(&self) -> Option<String> {
        let number = self.form.page.number();
        (number > 1).then(|| self.form.url(number - 1))
    }

    fn next_url(&self) -> Option<String> {
        let number = self.form.page.number();
        (number < self.shown_pages()).then(|| self.form.url(number + 1))
    }

    /// Whether this is the last page there can be, though more was found.
    fn cut_off(&self) -> bool {
        let beyond = self.results.first().is_some_and(|line| {
            line.found.more || line.found.threads > store::PAGE * i64::from(store::PAGES)
        });
        beyond && self.form.page.number() == self.shown_pages()
    }
}

impl Line {
    /// Where the best post is read; the opening post is the thread itself.
    fn url(&self) -> String {
        let found = &self.found;
        match found.position {
            1 => thread_url(found.thread_id, &found.title),
            position => post_url(found.thread_id, &found.title, position),
        }
    }
}
