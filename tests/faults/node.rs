//! A server in a process of its own.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// What a server needs to start, now and again.
#[derive(Clone)]
pub(crate) struct Recipe {
    /// A copy, because another build may replace the program while we use it.
    pub(crate) program: PathBuf,
    /// The folder of PostgreSQL's socket, or of a proxy before it.
    pub(crate) socket: PathBuf,
    /// Its data folder, where its log and its mails lie.
    pub(crate) data: PathBuf,
    pub(crate) arguments: Vec<String>,
    pub(crate) variables: Vec<(&'static str, String)>,
}

impl Recipe {
    pub(crate) fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    pub(crate) fn variable(mut self, name: &'static str, value: impl ToString) -> Self {
        self.variables.push((name, value.to_string()));
        self
    }

    /// Starts it on any free port.
    pub(crate) async fn start(&self) -> Node {
        self.start_on("127.0.0.1:0".parse().unwrap()).await
    }

    /// Starts it and waits until it listens.
    pub(crate) async fn start_on(&self, address: SocketAddr) -> Node {
        std::fs::create_dir_all(&self.data).unwrap();
        let log = std::fs::File::options().create(true).append(true).open(self.log()).unwrap();
        let url = format!("postgres://candor@localhost/candor?host={}", self.socket.display());
        let mut command = outlived_by_nobody(&self.program);
        command.arg("serve").args(&self.arguments);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("DATABASE_URL", url).env("CANDOR_LISTEN", address.to_string());
        command.env("CANDOR_RATE_LIMITS", "off");
        command.env("CANDOR_DATA", &self.data).envs(self.variables.iter().cloned());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true);
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = async {
            loop {
                let line = lines.next_line().await.unwrap();
                let line = line.unwrap_or_else(|| panic!("it did not start\n{}", self.words()));
                if let Some((_, address)) = line.split_once("http://") {
                    return address.parse().unwrap();
                }
            }
        };
        let address = timeout(Duration::from_secs(40), address).await.expect("it listens in time");
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Node { process, address, recipe: self.clone() }
    }

    fn log(&self) -> PathBuf {
        self.data.join("log")
    }

    /// What it said so far.
    pub(crate) fn words(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }
}

/// Killed by the kernel when we are killed, where there is a program to arrange that.
fn outlived_by_nobody(program: &Path) -> Command {
    if !Path::new("/usr/bin/setpriv").exists() {
        return Command::new(program);
    }
    let mut command = Command::new("/usr/bin/setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

pub(crate) struct Node {
    process: Child,
    pub(crate) address: SocketAddr,
    pub(crate) recipe: Recipe,
}

impl Node {
    /// SIGKILL, and the same server again on the same address.
    pub(crate) async fn die_and_rise(&mut self) {
        self.process.kill().await.unwrap();
        *self = self.recipe.start_on(self.address).await;
    }

    /// SIGTERM.
    pub(crate) fn tell_to_stop(&self) {
        signal("TERM", &[self.process.id().expect("it runs")]);
    }

    /// How it ended and how long that took.
    pub(crate) async fn ended(mut self, within: Duration) -> (ExitStatus, Duration) {
        let began = Instant::now();
        let ended = timeout(within, self.process.wait()).await;
        let status =
            ended.unwrap_or_else(|_| panic!("still running\n{}", self.recipe.words())).unwrap();
        (status, began.elapsed())
    }
}

/// By the program `kill`; processes that are gone already do not matter.
pub(crate) fn signal(name: &str, processes: &[u32]) {
    let ids = processes.iter().map(ToString::to_string);
    let mut kill = std::process::Command::new("kill");
    let _ = kill.arg(format!("-{name}")).args(ids).stderr(Stdio::null()).status();
}
