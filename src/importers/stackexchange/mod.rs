//! `candor import stackexchange DIR`: a Stack Exchange data dump becomes a community.
//!
//! Users become members without address or password; questions become threads on one board, answers
//! and comments their replies, in the order of time; up-votes become kudos without a giver. [`dump`]
//! reads, everything else here stores.
//!
//! First all files are read once, keeping ids, times and places but no texts ([`plan`]). Then thread
//! after thread is read from its places, drawn, and written ([`drafts`], [`mod@write`]), some 200 posts to
//! a transaction; while one batch is written, the next one is drawn.
//!
//! Invariants:
//! - **A thread comes whole or not at all**: question, replies, earlier versions, kudos, solution and
//!   what all of them earned stand in one transaction with the rows of `imported`. So an import
//!   killed anywhere is completed by the next, and comes to the same as one that was not.
//! - **What has come is never touched again.** A second run of the same dump changes nothing; a newer
//!   dump adds new questions and says what it left out of old ones.
//! - **Nobody is told.** Events are recorded as settled: see [`crate::outbox::record_settled`].
//! - Every row that was read is stored, was there already, or is skipped for a reason in the
//!   [`Report`], which also proves the kudos against the dump's scores.

mod drafts;
mod duplicates;
pub mod dump;
mod edits;
mod handles;
mod people;
mod plan;
mod posts;
mod proof;
mod report;
mod site;
mod store;
mod tags;
mod text;
mod threads;
mod votes;
mod write;

use crate::{app::App, reputation::helpers};
use anyhow::{Context, Result};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};

pub use report::{KudosCheck, Report, Tally};

/// An import under way.
struct Import<'a> {
    app: &'a App,
    folder: PathBuf,
    /// The site's name, and what its rows in `imported` are called.
    site: String,
    source: String,
    bars: Bars,
    report: Report,
}

/// Imports a dump and prints the report.
///
/// # Errors
/// Those of [`import`].
pub async fn run(app: &App, folder: &Path, board: Option<String>) -> Result<()> {
    let report = import(app, folder, board.as_deref(), MultiProgress::new()).await?;
    println!("{report}");
    anyhow::ensure!(report.holds(), "the figures above do not add up");
    Ok(())
}

/// Imports a dump, or goes on with one that was interrupted. `board` names the board for its questions;
/// without it that is named for the site.
///
/// # Errors
/// A folder that is no dump; the disk's and the database's. What was committed stays, and a second run
/// goes on from there.
pub async fn import(
    app: &App,
    folder: &Path,
    board: Option<&str>,
    progress: MultiProgress,
) -> Result<Report> {
    let site = site::name_of(folder)?;
    dump::Shelf::<dump::PostRow>::open(folder).context("this is no dump")?;
    let mut import = Import {
        app,
        folder: folder.to_owned(),
        source: format!("stackexchange:{site}"),
        site,
        bars: Bars(progress),
        report: Report::default(),
    };
    let mut people = people::bring_users(&mut import).await?;
    let plan = plan::read(&mut import, &people).await?;
    people::bring_names(&mut import, &mut people, &plan.names).await?;
    let board = site::board(&mut import, board).await?;
    let votes = plan.up_votes();
    threads::bring(&mut import, plan, &people, board).await?;
    duplicates::bring(&mut import).await?;
    tags::bring(&mut import).await?;
    people::settle_ranks(&mut import, &people).await?;
    helpers::settle(&mut *app.db.acquire().await?, app.now()).await?;
    proof::check(&mut import, votes).await?;
    Ok(import.report)
}

/// Progress on the terminal, one bar at a time for each table; nothing where there is no terminal.
#[derive(Clone)]
struct Bars(MultiProgress);

impl Bars {
    fn bar(&self, name: &str, length: u64) -> ProgressBar {
        let style = ProgressStyle::with_template("{prefix:14} {wide_bar} {percent:>3} %  {eta:>4}")
            .expect("the template is well-formed");
        let bar = self.0.add(ProgressBar::new(length).with_style(style));
        bar.set_prefix(name.to_owned());
        bar
    }
}
