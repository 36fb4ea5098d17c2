use crate::{
    app::App,
    error::{Error, Result},
    kit::Cursor,
    members::Member,
    threads::{
        self, ThreadLine,
        questions::{self, Counts, MOST, Questions},
    },
    web::{Page, Path, Query, Shell},
};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

/// A list of questions.
#[derive(Template)]
#[template(path = "home/list.html")]
pub(in crate::home) struct ShowList {
    shell: Shell,
    which: Questions,
    tabs: Vec<Tab>,
    lines: Vec<ThreadLine>,
    /// Whether it is read from its beginning.
    first: bool,
    older: Option<Cursor>,
}

/// One of the lists, as it stands among the others.
pub(super) struct Tab {
    pub(super) url: String,
    pub(super) words: String,
    /// How many there are, in words; nothing where there are none.
    pub(super) count: String,
    pub(super) here: bool,
}

/// All lists that the viewer has, with their counts.
pub(super) fn tabs(shell: &Shell, counts: &Counts, here: Option<Questions>) -> Vec<Tab> {
    let personal = Questions::PERSONAL.iter().filter(|_| shell.member().is_some());
    let tab = |&which: &Questions| Tab {
        url: which.url(),
        words: shell.t(words(which)),
        count: match counts.of(which) {
            0 => String::new(),
            count if count > MOST => format!("{MOST}+"),
            count => count.to_string(),
        },
        here: here == Some(which),
    };
    Questions::ALL.iter().chain(personal).map(tab).collect()
}

fn words(which: Questions) -> &'static str {
    match which {
        Questions::Unanswered => "questions-unanswered",
        Questions::Unsolved => "questions-unsolved",
        Questions::Solved => "questions-solved",
        Questions::Waiting => "questions-waiting",
        Questions::Own => "questions-own",
        Questions::MeToo => "questions-me-too",
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::home) struct From {
    older: Option<Cursor>,
}

/// Questions of everybody.
pub(in crate::home) async fn of_all(
    State(app): State<App>,
    shell: Shell,
    Path(name): Path<String>,
    Query(from): Query<From>,
) -> Result<Page<ShowList>> {
    show(&app, shell, &Questions::ALL, &name, from).await
}

/// A member's own.
pub(in crate::home) async fn of_own(
    State(app): State<App>,
    shell: Shell,
    _member: Member,
    Path(name): Path<String>,
    Query(from): Query<From>,
) -> Result<Page<ShowList>> {
    show(&app, shell, &Questions::PERSONAL, &name, from).await
}

async fn show(
    app: &App,
    shell: Shell,
    lists: &[Questions],
    name: &str,
    from: From,
) -> Result<Page<ShowList>> {
    let which = *lists.iter().find(|which| which.name() == name).ok_or(Error::NotFound)?;
    let viewer = shell.viewer.key();
    let mut db = app.db.acquire().await?;
    let page = questions::pick(&mut db, viewer, which, from.older, shell.now).await?;
    let ids: Vec<_> = page.picked.iter().map(|picked| picked.id).collect();
    let lines = threads::lines(&mut db, viewer, &ids).await?;
    let counts = questions::counts(&mut db, viewer, shell.now).await?;
    let tabs = tabs(&shell, &counts, Some(which));
    Ok(Page(ShowList { which, tabs, lines, first: from.older.is_none(), older: page.older, shell }))
}

impl ShowList {
    fn title(&self) -> String {
        self.shell.t(words(self.which))
    }

    /// Whether the rows tell when a question was asked rather than when it last went on.
    fn by_age(&self) -> bool {
        matches!(self.which, Questions::Unanswered | Questions::Own)
    }

    fn newest_url(&self) -> String {
        self.which.url()
    }

    fn older_url(&self) -> Option<String> {
        self.older.map(|cursor| format!("{}?older={cursor}", self.which.url()))
    }
}
