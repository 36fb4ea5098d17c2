//! `candor bench`: how fast the server is on this machine, beside two yardsticks taken in the same run.
//!
//! A community is made of real texts ([`community`]): a Stack Exchange dump, or the sample community,
//! taken in by the ordinary deeds and then copied until there are as many posts as wanted. A server is
//! started as a process of its own, as in production ([`server`]), and asked for pages by members and
//! guests over kept-alive connections, so many at a time ([`load`]). What a page asks of the database is
//! read from PostgreSQL's log ([`asked`]).
//!
//! The yardsticks ([`yardsticks`]): nginx serving the very bytes of the same pages from files, which is
//! how fast a page could be; and pgbench running the very statements of the same pages, which is what
//! the database alone would allow. Beside the reply, which cannot be run twice, pgbench inserts posts
//! into a copy of the table and does nothing else. The client runs on the same machine as all of them.
//!
//! Those latencies are of a closed loop: each client sends when it was answered, so a server that
//! stalls is asked less. At the end comes a [`storm`] of sign-ins over an open loop, and what readers
//! notice of it.

mod asked;
mod client;
mod community;
mod load;
mod memory;
mod pages;
pub mod ranks;
mod report;
mod server;
mod store;
mod storm;
mod yardsticks;

pub use report::Report;

use crate::{
    app::App,
    config::Config,
    database::{
        Database,
        embedded::{DATABASE, Embedded, Settings},
        migrate,
    },
    hasher::Hasher,
    kit::{Clock, Latch},
    mail::Mailer,
    oidc::Oidc,
    outbound::Outbound,
    realtime::Hub,
    sealing::Sealer,
};
use anyhow::{Context, Result, ensure};
use memory::Memory;
use report::{Line, Machine};
use server::Server;
use sqlx::{ConnectOptions, Connection};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio_util::sync::CancellationToken;
use yardsticks::Nginx;

/// Connections of the server, as by default.
const CONNECTIONS: u32 = 20;

/// What is measured and for how long.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many posts the community has, about.
    pub posts: i64,
    /// A Stack Exchange dump whose texts are taken; the sample community's without one.
    pub texts: Option<PathBuf>,
    /// How long each measurement lasts.
    pub lasting: Duration,
    /// How many ask at a time, one round for each.
    pub concurrency: Vec<usize>,
}

/// Makes the community, or takes the one an earlier run has left in the data folder, and measures.
///
/// # Errors
/// A folder of texts that is no dump; a server that does not start, or answers otherwise than it
/// should; what the disk and the database say.
pub async fn run(config: &Config, options: &Options) -> Result<Report> {
    ensure!(
        config.database_url.is_none(),
        "the benchmark keeps a database of its own: unset DATABASE_URL"
    );
    let folder = config.data.join("bench");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let folder = folder.canonicalize()?;
    let postgres = Embedded::start(&Settings {
        data: folder.clone(),
        bin: config.pg_bin.clone(),
        user: config.pg_user.clone(),
        connections: CONNECTIONS + 80,
        configuration: asked::logging(),
    })
    .await?;
    let measured = measure(config, options, &folder, &postgres).await;
    postgres.stop().await?;
    measured
}

async fn measure(
    config: &Config,
    options: &Options,
    folder: &Path,
    postgres: &Embedded,
) -> Result<Report> {
    migrate::run(&postgres.owner()).await?;
    let app = app(config, postgres).await?;
    community::fill(&app, postgres, options).await?;
    let mut db = postgres.superuser(DATABASE).connect().await?;
    let size = store::size(&mut db).await?;
    let pages = pages::choose(&app, &mut db).await?;

    asked::log_statements(&mut db, true).await?;
    let server = Server::start(folder, postgres, &["--no-worker"]).await?;
    let mut seen = Vec::new();
    for page in &pages {
        eprintln!("reading what {page} asks of the database");
        seen.push(asked::of(page, &server, folder, &mut db).await?);
    }
    server.stop().await?;
    asked::log_statements(&mut db, false).await?;

    yardsticks::prepare(&mut db).await?;
    let server = Server::start(folder, postgres, &[]).await?;
    let nginx = Nginx::start(folder, &seen).await?;
    let mut lines = Vec::new();
    for (number, (page, seen)) in pages.iter().zip(&seen).enumerate() {
        for concurrency in options.concurrency.iter().copied() {
            eprintln!("{page}, {concurrency} at a time");
            let lasting = options.lasting;
            let ours = load::run(server.address, &page.requests, concurrency, lasting).await?;
            let bytes = match &nginx {
                Some(nginx) if !page.writes() => {
                    Some(nginx.measure(number, seen, concurrency, lasting).await?)
                }
                _ => None,
            };
            let asked = (page.writes(), seen);
            let queries =
                yardsticks::pgbench(folder, postgres, asked, concurrency, lasting).await?;
            lines.push(Line::new(page, concurrency, &ours, seen, bytes.as_ref(), queries));
        }
    }
    eprintln!("a storm of sign-ins");
    let crowd = Arc::new(storm::Crowd::gather(&app, &mut db, &pages).await?);
    let storm = storm::measure(server.address, &crowd, options.lasting).await?;
    let memory = Memory::of(&server, postgres, nginx.as_ref());
    server.stop().await?;
    if let Some(nginx) = nginx {
        nginx.stop().await?;
    }
    let machine = Machine::of(&mut db).await?;
    db.close().await?;
    app.db.close().await;
    Ok(Report { machine, size, seconds: options.lasting.as_secs_f64(), lines, storm, memory })
}

async fn app(config: &Config, postgres: &Embedded) -> Result<App> {
    Ok(App {
        db: Database::connect(postgres.app(), 4).await?,
        clock: Clock::System,
        oidc: Oidc::new(Outbound::new(&config.outbound_allow)),
        config: Arc::new(config.clone()),
        mailer: Mailer::Memory(Arc::default()),
        hub: Hub::default(),
        blobs: crate::storage::Blobs::memory(),
        hasher: Hasher::default(),
        sealer: Sealer::without_key(),
        inhabited: Latch::default(),
        stopping: CancellationToken::new(),
    })
}
