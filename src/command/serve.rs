use super::{Outcome, open, signals};
use crate::{
    app::App,
    chores::CHORES,
    config::Config,
    database::Opened,
    jobs::{Table, schedule, worker},
    reactions::TABLE,
    router::router,
    sealing::Sealer,
    set_up::{self, Start},
    web::listen::{self, Limits},
};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::{io, net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Workers of one server: two, so that a slow mail server does not hold up the inbox.
const WORKERS: usize = 2;

/// How long a job under way is waited for; one cut off is rolled back and runs again.
const LAST_JOB: Duration = Duration::from_secs(20);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Answer pages only, and leave mails and notifications to another server on the same database
    #[arg(long)]
    no_worker: bool,
}

pub(super) async fn run(config: Config, arguments: Arguments) -> Outcome {
    let table = (!arguments.no_worker).then_some(&TABLE);
    server(config, table, async |_| Ok(()), |_| {}).await
}

/// Runs a server: opens and migrates the database, does what `prepare` wants, says with `announce`
/// that it listens, and serves until it is told to stop. `table` is for the worker; none for no
/// worker.
///
/// # Errors
/// What kept it from starting, or ended it. The database is stopped in any case.
pub(super) async fn server(
    config: Config,
    table: Option<&'static Table>,
    prepare: impl AsyncFnOnce(&App) -> Result<()>,
    announce: impl FnOnce(&str),
) -> Outcome {
    let stop = signals::stop_token()?;
    let opened = tokio::select! {
        opened = open::own(&config) => opened?,
        () = stop.cancelled() => return Ok(ExitCode::SUCCESS),
    };
    let outcome = live(config, &opened, table, prepare, announce, &stop).await;
    if let Some(embedded) = opened.embedded {
        match embedded.stop().await {
            Ok(()) => tracing::info!("the private PostgreSQL has stopped"),
            Err(error) => tracing::warn!("{error:#}"),
        }
    }
    outcome.map(|()| ExitCode::SUCCESS)
}

async fn live(
    mut config: Config,
    opened: &Opened,
    table: Option<&'static Table>,
    prepare: impl AsyncFnOnce(&App) -> Result<()>,
    announce: impl FnOnce(&str),
    stop: &CancellationToken,
) -> Result<()> {
    // First, so that a taken address is said before anything is changed.
    let listener = bind(config.listen).await?;
    // Port 0 lets the system choose one; links in mails need the one it chose.
    config.listen = listener.local_addr().context("the listening socket has no address")?;
    let mailer = open::mailer(&config)?;
    let sealer = Sealer::of(&config)?;
    let connections = config.database_connections;
    let ready = async {
        opened.migrate().await?;
        let app = open::app(config, opened, mailer, connections, stop.clone()).await?;
        let app = App { sealer, ..app };
        prepare(&app).await?;
        Ok::<App, anyhow::Error>(app)
    };
    let app = tokio::select! {
        app = ready => app?,
        () = stop.cancelled() => return Ok(()),
    };
    let proxies = app.config.trusted_proxies.clone();
    let limits = Limits {
        connections: app.config.max_connections as usize,
        exempt: Arc::new(move |peer| proxies.iter().any(|network| network.contains(&peer))),
        ..Limits::default()
    };
    let deeds = TaskTracker::new();
    let router = router(app.clone(), &deeds)?;
    println!("Candor listens on http://{}", app.config.listen);
    announce(&app.config.address());

    tell_of_set_up(&app).await?;

    let crew = Crew::start(&app, table);
    let served = listen::serve(listener, router, limits, deeds, stop.clone());
    let outcome = tokio::select! {
        served = served => served.context("the server cannot listen"),
        why = lost(opened) => {
            stop.cancel();
            Err(anyhow::anyhow!("the private PostgreSQL is gone: {why}"))
        }
    };
    crew.stop().await;
    app.db.close().await;
    outcome
}

/// Says in the log how an empty community is set up. Whatever is logged, the code must be: nobody could
/// begin without it.
async fn tell_of_set_up(app: &App) -> Result<()> {
    let url = format!("{}/set-up", app.config.address());
    match set_up::begin(app).await? {
        Start::Open(code) => {
            let code = code.words();
            let words =
                format!("This community is not set up yet. Open {url} and enter the code {code}");
            if tracing::enabled!(tracing::Level::WARN) {
                tracing::warn!(set_up.url = url, "{words}");
            } else {
                eprintln!("{words}");
            }
        }
        Start::NoAdministrator => tracing::warn!(
            "This community has members and nobody who runs it. Make somebody an administrator: \
             candor member promote HANDLE admin"
        ),
        Start::Over => {}
    }
    Ok(())
}

/// Ends when the private PostgreSQL has ended for good; never, where there is none.
async fn lost(opened: &Opened) -> String {
    match &opened.embedded {
        Some(embedded) => embedded.failed().await,
        None => std::future::pending().await,
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => bail!(
            "{address} is taken by another program. Stop that, or set CANDOR_LISTEN to another address, such as \
             CANDOR_LISTEN={}:{}",
            address.ip(),
            address.port().wrapping_add(1).max(1024)
        ),
        Err(error) => Err(error).with_context(|| {
            format!("cannot listen on {address}; CANDOR_LISTEN must be an address of this machine")
        }),
    }
}

/// Everything that runs beside the pages.
struct Crew {
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Crew {
    fn start(app: &App, table: Option<&'static Table>) -> Self {
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        tasks.spawn(app.hub.clone().listen(app.db.clone(), stop.clone()));
        if let Some(table) = table {
            for _ in 0..WORKERS {
                tasks.spawn(worker::work(app.clone(), table, stop.clone()));
            }
            tasks.spawn(schedule::keep(app.clone(), CHORES, stop.clone()));
        }
        tasks.close();
        Self { tasks, stop }
    }

    /// Lets the jobs under way finish; the rest waits in the database for the next start.
    async fn stop(self) {
        self.stop.cancel();
        if tokio::time::timeout(LAST_JOB, self.tasks.wait()).await.is_err() {
            tracing::warn!("a job was still running and will run again after the next start");
        }
    }
}
