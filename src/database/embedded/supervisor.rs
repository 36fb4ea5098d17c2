//! The thread that keeps PostgreSQL running, and how it is told to stop.

use super::account::Accounts;
use super::layout::{open_log, tail};
use super::orphan::is_postmaster;
use anyhow::{Context, Result, bail};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How PostgreSQL is asked to stop, each in turn, and how long it gets: "fast", which cuts sessions
/// off and writes everything down; "immediate", which leaves recovery to the next start; and no
/// asking. (`TERM` would wait until the last session ends by itself.)
const STOPPING: [(&str, Duration); 3] = [
    ("INT", Duration::from_secs(60)),
    ("QUIT", Duration::from_secs(5)),
    ("KILL", Duration::from_secs(5)),
];

/// A run shorter than this counts as a failure.
const SHORT_RUN: Duration = Duration::from_secs(10);
/// So many short runs in a row, and we give up.
const SHORT_RUNS: u32 = 5;

/// Everything needed to start PostgreSQL, now and again.
pub(super) struct Launch {
    pub(super) accounts: Accounts,
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<PathBuf>,
    pub(super) log: PathBuf,
    pub(super) cluster: PathBuf,
}

/// What PostgreSQL is doing.
#[derive(Clone, Debug)]
enum Phase {
    Starting,
    Running(u32),
    Ended(String),
}

/// Flags between us and the thread.
#[derive(Default)]
struct Wishes {
    stop: AtomicBool,
    ready: AtomicBool,
}

/// The thread, from outside.
pub(super) struct Supervisor {
    phase: watch::Receiver<Phase>,
    wishes: Arc<Wishes>,
}

impl Supervisor {
    /// Starts PostgreSQL, or looks after one that is running already.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub(super) fn start(launch: Launch, running: Option<u32>) -> Result<Self> {
        let (tell, phase) = watch::channel(running.map_or(Phase::Starting, Phase::Running));
        let wishes = Arc::new(Wishes::default());
        let theirs = Arc::clone(&wishes);
        // Its own thread because the kernel's signal follows the thread, not the process: a child
        // of one of tokio's blocking threads is stopped when that thread has been idle for 10 s.
        thread::Builder::new()
            .name("postgres".into())
            .spawn(move || {
                let why = supervise(&launch, running, &tell, &theirs);
                tell.send_replace(Phase::Ended(why));
            })
            .context("cannot start a thread for PostgreSQL")?;
        Ok(Self { phase, wishes })
    }

    /// It has answered: from now on it is started again when it ends by itself.
    pub(super) fn is_ready(&self) {
        self.wishes.ready.store(true, Ordering::SeqCst);
    }

    pub(super) fn process(&self) -> Option<u32> {
        match *self.phase.borrow() {
            Phase::Running(pid) => Some(pid),
            _ => None,
        }
    }

    pub(super) fn has_ended(&self) -> Option<String> {
        match &*self.phase.borrow() {
            Phase::Ended(why) => Some(why.clone()),
            _ => None,
        }
    }

    pub(super) async fn ended(&self) -> String {
        let mut phase = self.phase.clone();
        match phase.wait_for(|phase| matches!(phase, Phase::Ended(_))).await.as_deref() {
            Ok(Phase::Ended(why)) => why.clone(),
            _ => "the thread that looks after PostgreSQL is gone".into(),
        }
    }

    /// # Errors
    /// When it had to be killed.
    pub(super) async fn stop(&self) -> Result<()> {
        self.wishes.stop.store(true, Ordering::SeqCst);
        for (name, patience) in STOPPING {
            if let Some(pid) = self.process() {
                signal(pid, name);
            }
            if tokio::time::timeout(patience, self.ended()).await.is_ok() {
                if name == "INT" {
                    return Ok(());
                }
                bail!(
                    "PostgreSQL did not stop in time and was ended with SIG{name}; it will recover at the next start"
                );
            }
        }
        bail!("PostgreSQL does not end; is the disk out of reach?");
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        if !self.wishes.stop.swap(true, Ordering::SeqCst)
            && let Some(pid) = self.process()
        {
            signal(pid, "INT");
        }
    }
}

/// Runs until PostgreSQL has ended for good; returns why.
fn supervise(
    launch: &Launch,
    running: Option<u32>,
    tell: &watch::Sender<Phase>,
    wishes: &Wishes,
) -> String {
    let mut short_runs = 0;
    let mut adopted = running;
    loop {
        let began = Instant::now();
        let why = match adopted.take() {
            Some(pid) => {
                outlast(pid, launch);
                "the PostgreSQL taken over has ended".to_owned()
            }
            None => match run(launch, tell, wishes) {
                Ok(status) => format!("PostgreSQL ended ({status})"),
                Err(error) => format!("PostgreSQL cannot be run: {error}"),
            },
        };
        tell.send_replace(Phase::Starting);
        let stopping = || wishes.stop.load(Ordering::SeqCst);
        let hopeless = !wishes.ready.load(Ordering::SeqCst) && !predecessor_lingers(launch);
        short_runs = if began.elapsed() < SHORT_RUN { short_runs + 1 } else { 0 };
        if stopping() || hopeless || short_runs >= SHORT_RUNS {
            return why;
        }
        tracing::error!("{why}; starting it again");
        thread::sleep(Duration::from_millis(200) * short_runs);
        if stopping() {
            return why;
        }
    }
}

/// Starts PostgreSQL and waits until it ends.
fn run(
    launch: &Launch,
    tell: &watch::Sender<Phase>,
    wishes: &Wishes,
) -> std::io::Result<ExitStatus> {
    // To a file: a pipe that nobody empties would block PostgreSQL.
    let log = open_log(&launch.log)?;
    let mut child = launch
        .accounts
        .command(&launch.program)
        .args(&launch.arguments)
        // Ctrl-C in a terminal goes to the whole group; PostgreSQL has to outlive the pool.
        .process_group(0)
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()?;
    tell.send_replace(Phase::Running(child.id()));
    // Between the wish and this line there was no process to signal.
    if wishes.stop.load(Ordering::SeqCst) {
        signal(child.id(), "INT");
    }
    child.wait()
}

/// Waits for a process that is not our child.
fn outlast(pid: u32, launch: &Launch) {
    while is_postmaster(pid, &launch.cluster) {
        thread::sleep(Duration::from_millis(100));
    }
}

/// After a crash the sessions of the postmaster before take a moment to notice.
fn predecessor_lingers(launch: &Launch) -> bool {
    tail(&launch.log).is_ok_and(|text| {
        text.lines().rev().take(4).any(|line| line.contains("pre-existing shared memory block"))
    })
}

/// By the `kill` that is built into every shell: the program of that name is not on every system, and the
/// system call would need unsafe code.
fn signal(pid: u32, name: &str) {
    let status = Command::new("sh")
        .args(["-c", &format!("kill -{name} {pid}")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !status.is_ok_and(|status| status.success()) {
        tracing::warn!(process = pid, signal = name, "could not signal PostgreSQL");
    }
}
