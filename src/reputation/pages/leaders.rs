use crate::{
    app::App,
    boards::{Board, store as boards},
    error::{Error, Result},
    reputation::{
        leaders::{self, Leader, METRICS, MOST, Own, Scope, Which, Window},
        metric::Metric,
        store,
    },
    web::{Page, Path, Query, Shell},
};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

/// Which leaderboard somebody asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::reputation) struct Asked {
    by: Option<String>,
    #[serde(default)]
    window: Window,
    #[serde(default)]
    staff: Staff,
}

/// Whether staff stand on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Staff {
    #[default]
    With,
    Without,
}

#[derive(Template)]
#[template(path = "reputation/leaders.html")]
pub(in crate::reputation) struct ShowLeaders {
    shell: Shell,
    /// None for all boards.
    board: Option<Board>,
    /// The boards that the viewer may see: their names in addresses and their names.
    boards: Vec<(String, String)>,
    metric: Metric,
    window: Window,
    staff: Staff,
    leaders: Vec<Leader>,
    /// How many have a place.
    members: i64,
    own: Standing,
}

/// Where the viewer stands.
enum Standing {
    /// Guests stand nowhere.
    Nobody,
    /// They chose to stand on no leaderboard.
    Unlisted,
    /// They are staff, and staff are left out.
    LeftOut,
    At(Own),
}

pub(in crate::reputation) async fn everywhere(
    State(app): State<App>,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<ShowLeaders>> {
    show(&app, shell, None, asked).await
}

pub(in crate::reputation) async fn of_board(
    State(app): State<App>,
    shell: Shell,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page<ShowLeaders>> {
    let viewer = shell.viewer.key();
    let board = boards::seen_by(&mut *app.db.acquire().await?, viewer, &slug).await?;
    show(&app, shell, Some(board.ok_or(Error::NotFound)?), asked).await
}

async fn show(
    app: &App,
    shell: Shell,
    board: Option<Board>,
    asked: Asked,
) -> Result<Page<ShowLeaders>> {
    let metric = match asked.by {
        None => Metric::Points,
        Some(name) => {
            METRICS.into_iter().find(|metric| metric.name() == name).ok_or(Error::NotFound)?
        }
    };
    let scope = match (&board, shell.member()) {
        (Some(board), _) => Scope::Board(board.id),
        (None, Some(_)) => Scope::Members,
        (None, None) => Scope::Guests,
    };
    let with_staff = asked.staff == Staff::With;
    let which = Which { metric, window: asked.window, scope, with_staff };
    let mut db = app.db.acquire().await?;
    let read = leaders::read(&mut db, which).await?;
    let own = match shell.member() {
        None => Standing::Nobody,
        Some(member) if leaders::is_unlisted(&mut db, member.id).await? => Standing::Unlisted,
        Some(member) if !with_staff && member.is_staff() => Standing::LeftOut,
        Some(member) => Standing::At(leaders::own(&mut db, which, member.id, shell.now).await?),
    };
    let boards = store::facts::boards(&mut db, shell.viewer.key()).await?;
    Ok(Page(ShowLeaders {
        shell,
        board,
        boards,
        metric,
        window: asked.window,
        staff: asked.staff,
        leaders: read.leaders,
        members: read.members,
        own,
    }))
}

impl ShowLeaders {
    fn title(&self) -> String {
        match &self.board {
            Some(board) => self.shell.t1("leaders-board-title", "board", board.name.clone()),
            None => self.shell.t("leaders-title"),
        }
    }

    fn metrics(&self) -> [Metric; 5] {
        METRICS
    }

    fn windows(&self) -> [Window; 4] {
        Window::ALL
    }

    /// The address of the leaderboard that differs from this one by these.
    fn url(&self, metric: &Metric, window: &Window, staff: bool) -> String {
        let path = match &self.board {
            Some(board) => format!("{}/leaderboard", board.url()),
            None => "/leaderboards".to_owned(),
        };
        let staff = if staff { "" } else { "&staff=without" };
        format!("{path}?by={}&window={}{staff}", metric.name(), window.name())
    }

    fn with_staff(&self) -> bool {
        self.staff == Staff::With
    }

    fn metric_words(&self, metric: &Metric) -> String {
        self.shell.t(match metric {
            Metric::Solutions => "leaders-by-solutions",
            Metric::Confirmations => "leaders-by-confirmations",
            Metric::KudosReceived => "leaders-by-kudos",
            Metric::Replies => "leaders-by-replies",
            _ => "leaders-by-points",
        })
    }

    fn window_words(&self, window: &Window) -> String {
        self.shell.t(match window {
            Window::Week => "leaders-week",
            Window::Month => "leaders-month",
            Window::Quarter => "leaders-quarter",
            Window::Ever => "leaders-ever",
        })
    }

    /// So many of the metric, in words.
    fn counted(&self, value: &i64) -> String {
        let key = match self.metric {
            Metric::Solutions => "metric-solutions-short",
            Metric::Confirmations => "metric-confirmations-short",
            Metric::KudosReceived => "metric-kudos-received",
            Metric::Replies => "metric-replies",
            _ => "metric-points",
        };
        self.shell.t1(key, "count", *value)
    }

    /// Their place, where the viewer is not among those listed.
    fn own_below(&self) -> Option<Own> {
        match self.own {
            Standing::At(own) if !self.leaders.iter().any(|leader| self.is_own(leader)) => {
                Some(own)
            }
            _ => None,
        }
    }

    fn is_own(&self, leader: &Leader) -> bool {
        self.shell.viewer.is(leader.id)
    }

    fn most(&self) -> i64 {
        MOST.into()
    }
}
