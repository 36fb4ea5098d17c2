//! `candor bench ranks`: what ranks cost in a community of a given size.
//!
//! Members and a ledger of their deeds are made by bulk statements, counted by the ledger's own trigger and
//! ranked by the sweep that runs in production. Then a ladder with windows is set, as an administrator would
//! after a look, and questions are asked, answered and accepted one after the other: the time of the accept
//! itself, and until the very next query reads the new rank.

use super::{CONNECTIONS, memory, store::ranks as store};
use crate::{
    access::{Admin, Audience},
    app::App,
    boards::{NewBoard, NewCategory, Style, found_board, found_category},
    chores::CHORES,
    config::Config,
    database::{
        embedded::{DATABASE, Embedded, Settings},
        migrate,
    },
    jobs::schedule::AT_ONCE,
    kit::{MemberId, handle_skeleton},
    members::{self, Member, NewMember, Role},
    posts::{self, NewReply, Replied},
    reputation::{
        self, RankEdit,
        leaders::{self, Scope, Which, Window},
    },
    solutions,
    threads::{self, NewThread, Started},
};
use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;
use sqlx::{ConnectOptions, PgConnection};
use std::{
    fmt,
    time::{Duration, Instant},
};

/// How many members are made together.
const BATCH: i64 = 20_000;

/// How many read a leaderboard.
const READERS: i64 = 400;

/// What ranks are set to take: windows of every kind, so that nothing is measured at its easiest.
const FORMULAS: [(&str, &str); 3] = [
    ("regular", "points >= 20 and solutions(90d) >= 1"),
    ("adviser", "points >= 30 and solutions(90d) >= 2 and distinct_helped(90d) >= 2"),
    (
        "specialist",
        "points >= 60 and solutions(180d) >= 3 and days_active(100d) >= 3 and replies(365d, \"plot\") >= 1",
    ),
];

/// How large, and how often.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Members with a ledger.
    pub members: i64,
    /// Questions that are asked, answered and accepted.
    pub accepts: usize,
}

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    members: i64,
    entries: i64,
    /// The accept itself, in milliseconds.
    accept: Paces,
    /// From before the accept until the next query has read the rank.
    accept_to_rank: Paces,
    /// How many of those who were accepted came to another rank by it.
    moved: usize,
    /// A look at what another ladder would do.
    simulator_seconds: f64,
    simulator_moves: i64,
    /// Counting everybody anew.
    sweep_seconds: f64,
    /// What a leaderboard's page asks of the database: the first, and where one stands oneself.
    leaderboard: Paces,
    /// Adding up all leaderboards.
    leaderboards_seconds: f64,
    /// The most that this process held, in megabytes.
    memory: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Paces {
    p50_ms: f64,
    p99_ms: f64,
}

impl Paces {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |part: f64| {
            let place = ((times.len() as f64 * part).ceil() as usize).clamp(1, times.len().max(1));
            times.get(place - 1).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
        };
        Self { p50_ms: at(0.5), p99_ms: at(0.99) }
    }
}

/// Makes the community in the data folder, or takes the one of an earlier run, and measures.
///
/// # Errors
/// A community of another size that stands there; what the disk and the database say.
pub async fn run(config: &Config, options: Options) -> Result<Report> {
    ensure!(
        config.database_url.is_none(),
        "the benchmark keeps a database of its own: unset DATABASE_URL"
    );
    let folder = config.data.join("bench-ranks");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let postgres = Embedded::start(&Settings {
        data: folder.canonicalize()?,
        bin: config.pg_bin.clone(),
        user: config.pg_user.clone(),
        connections: CONNECTIONS,
        configuration: Vec::new(),
    })
    .await?;
    let measured = measure(config, options, &postgres).await;
    postgres.stop().await?;
    measured
}

async fn measure(config: &Config, options: Options, postgres: &Embedded) -> Result<Report> {
    migrate::run(&postgres.owner()).await?;
    let app = super::app(config, postgres).await?;
    let mut db = postgres.superuser(DATABASE).disable_statement_logging().connect().await?;
    let (admin, asker) = fill(&app, &mut db, options.members).await?;

    eprintln!("looking at what another ladder would do");
    let mut ladder = reputation::store::ladder(&mut db).await?;
    for (slug, formula) in FORMULAS {
        ladder = reputation::changed_ladder(ladder, slug, &edit(slug, formula))?;
    }
    let began = Instant::now();
    let simulation = reputation::simulate(&mut db, ladder, app.now()).await?;
    let simulator_seconds = began.elapsed().as_secs_f64();
    for (slug, formula) in FORMULAS {
        reputation::change_rank(&app, &admin, slug, &edit(slug, formula)).await?;
    }
    eprintln!("counting everybody anew");
    let began = Instant::now();
    sweep(&app).await?;
    let sweep_seconds = began.elapsed().as_secs_f64();
    store::tidy(&mut db).await?;

    eprintln!("accepting {} answers", options.accepts);
    let (mut accepts, mut to_rank, mut moved) = (Vec::new(), Vec::new(), 0);
    for answerer in store::answerers(&mut db, options.accepts as i64).await? {
        let post = answered(&app, &asker, answerer).await?;
        let before = store::rank(&mut db, answerer).await?;
        let began = Instant::now();
        solutions::accept(&app, &asker, post).await?;
        accepts.push(began.elapsed());
        let after = store::rank(&mut db, answerer).await?;
        to_rank.push(began.elapsed());
        moved += usize::from(before != after);
    }
    ensure!(!accepts.is_empty(), "there is nobody to answer");

    eprintln!("adding up leaderboards");
    let began = Instant::now();
    let mut tx = app.db.begin().await?;
    leaders::settle(&mut tx, app.now()).await?;
    leaders::settle_long(&mut tx, app.now()).await?;
    tx.commit().await?;
    let leaderboards_seconds = began.elapsed().as_secs_f64();
    store::tidy(&mut db).await?;
    let leaderboard = read_leaderboards(&app, &mut db).await?;
    Ok(Report {
        members: options.members,
        entries: store::entries(&mut db).await?,
        accept: Paces::of(accepts),
        accept_to_rank: Paces::of(to_rank),
        moved,
        simulator_seconds,
        simulator_moves: simulation.moves.iter().map(|one| one.members).sum(),
        sweep_seconds,
        leaderboard: Paces::of(leaderboard),
        leaderboards_seconds,
        memory: memory::peak(std::process::id()),
    })
}

/// How long members who stand everywhere on it wait for a leaderboard, over every window in turn.
async fn read_leaderboards(app: &App, db: &mut PgConnection) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    let readers = store::answerers(db, READERS).await?;
    let mut db = app.db.acquire().await?;
    for (reader, window) in readers.into_iter().zip(Window::ALL.into_iter().cycle()) {
        let (scope, with_staff) = (Scope::Members, true);
        let which = Which { metric: leaders::METRICS[0], window, scope, with_staff };
        let began = Instant::now();
        let board = leaders::read(&mut db, which).await?;
        leaders::own(&mut db, which, reader, app.now()).await?;
        times.push(began.elapsed());
        ensure!(!board.leaders.is_empty(), "nobody leads");
    }
    Ok(times)
}

fn edit(slug: &str, formula: &str) -> RankEdit {
    RankEdit {
        name: slug.to_owned(),
        icon: "rank-4".to_owned(),
        tone: 1,
        formula: formula.to_owned(),
        permanent: false,
        kudos_weight: 1_000,
        accepts: false,
    }
}

/// Members and their ledger, unless an earlier run has left them; and who runs the place and who asks.
async fn fill(app: &App, db: &mut PgConnection, members: i64) -> Result<(Admin, Member)> {
    let there = store::helpers(db).await?;
    ensure!(
        there == 0 || there == members,
        "{} holds {there} members; remove it to make {members}",
        app.config.data.join("bench-ranks").display()
    );
    if there == 0 {
        let began = Instant::now();
        let new = NewCategory { slug: "field", name: "Field" };
        let category = found_category(app, new).await?.context("the name is taken")?;
        let new = NewBoard {
            category,
            slug: "plot",
            name: "Plot",
            description: "Questions of the benchmark.",
            style: Style::Questions,
            icon: "help",
            tone: 1,
            audience: Audience::Everyone,
        };
        let board = found_board(app, new).await?.context("the name is taken")?.0;
        for handle in ["overseer", "asker"] {
            let new = NewMember { handle, name: handle, email: None, password: None };
            members::join(app, new).await?.with_context(|| format!("{handle} is taken"))?;
        }
        members::promote(app, "overseer", Role::Admin).await?;
        let mut done = 0;
        while done < members {
            let next = (done + BATCH).min(members);
            let handles: Vec<String> =
                (done + 1..=next).map(|number| format!("helper-{number}")).collect();
            let skeletons: Vec<String> =
                handles.iter().map(|handle| handle_skeleton(handle)).collect();
            let added = store::add(db, (&handles, &skeletons), board, app.now()).await?;
            reputation::past::settle_ranks(db, &added, app.now()).await?;
            done = next;
        }
        store::tidy(db).await?;
        eprintln!("made {members} members and their ledger after {:.0?}", began.elapsed());
    }
    let overseer = member(app, db, "overseer").await?;
    let admin = Admin::proven(&overseer).context("the overseer runs the place")?;
    Ok((admin, member(app, db, "asker").await?))
}

async fn member(app: &App, db: &mut PgConnection, handle: &str) -> Result<Member> {
    let id = store::of_handle(db, handle).await?.context("they joined")?;
    let found = members::by_id(&mut *app.db.acquire().await?, id).await?;
    found.context("they joined")
}

/// Everything that the sweep has to do, as the worker does it.
async fn sweep(app: &App) -> Result<()> {
    let chore =
        CHORES.iter().find(|chore| chore.name == "rank_sweep").context("there is a sweep")?;
    loop {
        let mut tx = app.db.begin().await?;
        let done = (chore.run)(&mut tx, app.now()).await?;
        tx.commit().await?;
        if done < AT_ONCE.unsigned_abs() {
            return Ok(());
        }
    }
}

/// A question of the asker with an answer; returns the answer.
async fn answered(app: &App, asker: &Member, answerer: MemberId) -> Result<crate::kit::PostId> {
    let new = NewThread {
        board: "plot".to_owned(),
        title: "How is this done?".to_owned(),
        body: "I do not know.".to_owned(),
        tags: Vec::new(),
        key: None,
    };
    let Started::At(location) = threads::start(app, asker, &new).await? else {
        bail!("a question was refused")
    };
    let thread = threads::thread_in(&location).context("it has an address")?;
    let mut db = app.db.acquire().await?;
    let member = members::by_id(&mut db, answerer).await?.context("they joined")?;
    let reply = NewReply { body: "Like this.".to_owned(), reply_to: None, key: None };
    let Replied::At(_) = posts::reply(app, &member, thread, &reply).await? else {
        bail!("an answer was refused")
    };
    Ok(store::last_post(&mut db, thread).await?)
}

impl Report {
    /// The figures for machines.
    ///
    /// # Errors
    /// None that happen.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} members, {} entries in the ledger\n", self.members, self.entries)?;
        writeln!(out, "| what | p50 ms | p99 ms |\n|---|---|---|")?;
        for (what, paces) in [
            ("accept", &self.accept),
            ("accept to rank", &self.accept_to_rank),
            ("leaderboard", &self.leaderboard),
        ] {
            writeln!(out, "| {what} | {:.1} | {:.1} |", paces.p50_ms, paces.p99_ms)?;
        }
        writeln!(out, "\n{} came to another rank by it", self.moved)?;
        let (seconds, moves) = (self.simulator_seconds, self.simulator_moves);
        writeln!(out, "simulator: {seconds:.1} s, {moves} members would move")?;
        writeln!(out, "sweep of everybody: {:.1} s", self.sweep_seconds)?;
        writeln!(out, "adding up all leaderboards: {:.1} s", self.leaderboards_seconds)?;
        match self.memory {
            Some(memory) => writeln!(out, "memory: {memory:.0} MB at the most"),
            None => Ok(()),
        }
    }
}
