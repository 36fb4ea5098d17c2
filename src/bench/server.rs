//! The server that is measured: this same program, as a process of its own.

use crate::database::embedded::{DATABASE, Embedded};
use anyhow::{Context, Result, bail};
use std::{fs::File, net::SocketAddr, path::Path, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// How long it may take to begin and to end.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) struct Server {
    process: Child,
    pub(super) address: SocketAddr,
}

impl Server {
    /// Starts it on a free port, and waits until it listens. Its words go to a file in `folder`.
    pub(super) async fn start(
        folder: &Path,
        postgres: &Embedded,
        arguments: &[&str],
    ) -> Result<Self> {
        let log =
            File::create(folder.join("server.log")).context("cannot keep the server's log")?;
        let socket = postgres.socket_dir().display();
        let mut process = Command::new(std::env::current_exe()?)
            .arg("serve")
            .args(arguments)
            .env("DATABASE_URL", format!("postgres://candor@localhost/{DATABASE}?host={socket}"))
            .env("CANDOR_RATE_LIMITS", "off")
            .env("CANDOR_LISTEN", "127.0.0.1:0")
            .env("CANDOR_DATA", folder.join("server"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .context("cannot start the server")?;
        let said = process.stdout.take().context("the server has no output")?;
        let mut lines = BufReader::new(said).lines();
        let listens = async {
            while let Some(line) = lines.next_line().await? {
                if let Some((_, address)) = line.split_once("http://") {
                    return Ok(address.parse()?);
                }
            }
            bail!("the server ended; see {}", folder.join("server.log").display())
        };
        let address = timeout(PATIENCE, listens).await.context("the server does not listen")??;
        Ok(Self { process, address })
    }

    /// Its number, while it runs.
    pub(super) fn process(&self) -> Option<u32> {
        self.process.id()
    }

    /// Ends it and waits until it has ended.
    pub(super) async fn stop(mut self) -> Result<()> {
        if let Some(process) = self.process() {
            ask_to_end(process).await?;
        }
        timeout(PATIENCE, self.process.wait()).await.context("the server does not end")??;
        Ok(())
    }
}

/// SIGTERM, by the shell's own `kill`: the system call would need unsafe code.
pub(super) async fn ask_to_end(process: u32) -> Result<()> {
    Command::new("sh").args(["-c", &format!("kill -TERM {process}")]).status().await?;
    Ok(())
}
