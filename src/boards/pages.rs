use super::{Board, Style, counts, store};
use crate::{
    app::App,
    error::{Error, Result},
    kit::Cursor,
    threads::{
        self, CategoryLines, List, Order, ThreadLine,
        lists::{From, PAGE},
    },
    web::{Page, Path, Query, Shell},
};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "boards/index.html")]
pub(super) struct ShowBoards {
    shell: Shell,
    categories: Vec<CategoryLines>,
}

#[derive(Template)]
#[template(path = "boards/show.html")]
pub(super) struct ShowBoard {
    shell: Shell,
    board: Board,
    held: counts::Counts,
    order: Order,
    lines: Vec<ThreadLine>,
    newer: Option<String>,
    older: Option<String>,
}

/// Which part of a board's list somebody asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    #[serde(default)]
    sort: Order,
    older: Option<Cursor>,
    newer: Option<Cursor>,
}

impl Place {
    fn from(&self) -> From {
        match (self.older, self.newer) {
            (Some(cursor), _) => From::Older(cursor),
            (None, Some(cursor)) => From::Newer(cursor),
            (None, None) => From::Start,
        }
    }
}

pub(super) async fn index(State(app): State<App>, shell: Shell) -> Result<Page<ShowBoards>> {
    let mut db = app.db.acquire().await?;
    let categories = threads::boards(&mut db, shell.viewer.key()).await?;
    Ok(Page(ShowBoards { shell, categories }))
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(slug): Path<String>,
    Query(place): Query<Place>,
) -> Result<Page<ShowBoard>> {
    let viewer = shell.viewer.key();
    let mut db = app.db.acquire().await?;
    let board = store::seen_by(&mut db, viewer, &slug).await?.ok_or(Error::NotFound)?;
    let order = place.sort;
    if !orders(board.style).contains(&order) {
        return Err(Error::NotFound);
    }
    let list = List { board: Some(board.id), order, from: place.from(), most: PAGE };
    let mut page = threads::pick(&mut db, viewer, list).await?;
    if page.newer.is_none() && list.from != From::Start {
        // Going back led to the beginning, where a page may be cut short: the first page is whole.
        page = threads::pick(&mut db, viewer, List { from: From::Start, ..list }).await?;
    }
    let pinned = match order {
        Order::Activity => threads::pinned(&mut db, viewer, Some(board.id)).await?,
        _ => Vec::new(),
    };
    let others = page.picked.iter().map(|picked| picked.id).filter(|id| !pinned.contains(id));
    let first = pinned.iter().copied().filter(|_| page.newer.is_none());
    let ids: Vec<_> = first.chain(others).collect();
    let lines = threads::lines(&mut db, viewer, &ids).await?;
    let held = counts::of(&mut db, board.id).await?;
    let place =
        |way: &str, cursor: Cursor| format!("{}?sort={}&{way}={cursor}", board.url(), order.name());
    let newer = page.newer.map(|cursor| place("newer", cursor));
    let older = page.older.map(|cursor| place("older", cursor));
    Ok(Page(ShowBoard { shell, board, held, order, lines, newer, older }))
}

/// The orders that make sense for threads of this style.
fn orders(style: Style) -> &'static [Order] {
    use Order::{Activity, Kudos, Newest, Unanswered, Unsolved};
    match style {
        Style::Questions => &[Activity, Newest, Kudos, Unanswered, Unsolved],
        Style::Discussion => &[Activity, Newest, Kudos, Unanswered],
        Style::Announcements => &[Activity, Newest, Kudos],
    }
}

impl ShowBoard {
    fn orders(&self) -> &'static [Order] {
        orders(self.board.style)
    }

    fn order_url(&self, order: &Order) -> String {
        match order {
            Order::Activity => self.board.url(),
            order => format!("{}?sort={}", self.board.url(), order.name()),
        }
    }

    fn order_words(&self, order: &Order) -> String {
        self.shell.t(match order {
            Order::Activity => "board-sort-activity",
            Order::Newest => "board-sort-newest",
            Order::Kudos => "board-sort-kudos",
            Order::Unanswered => "board-sort-unanswered",
            Order::Unsolved => "board-sort-unsolved",
        })
    }

    /// Guests are offered it as well where members may: the way there leads through signing in.
    fn may_start(&self) -> bool {
        let guest = self.shell.member().is_none();
        self.board.may_start(&self.shell.viewer)
            || (guest && self.board.style != Style::Announcements && !self.board.archived)
    }

    /// Why nobody like the viewer begins threads here.
    fn closed_because(&self) -> String {
        self.shell.say(&self.board.closed_because())
    }

    /// Whether the rows tell when a thread was begun rather than when it last went on.
    fn by_age(&self) -> bool {
        matches!(self.order, Order::Newest | Order::Unanswered)
    }

    fn none_title(&self) -> String {
        self.shell.t(match self.order {
            Order::Unanswered => "board-none-unanswered-title",
            Order::Unsolved => "board-none-unsolved-title",
            _ => "board-none-title",
        })
    }
}
