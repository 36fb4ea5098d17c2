//! A PostgreSQL that a server before this one left behind.

use super::layout::Layout;
use super::{PORT, SUPERUSER, address};
use anyhow::{Context, Result, bail};
use sqlx::{ConnectOptions, Connection};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How long one that neither answers nor ends is waited for.
const PATIENCE: Duration = Duration::from_secs(90);

/// A postmaster that runs on our cluster and answers.
pub(super) struct Orphan {
    pub(super) pid: u32,
    pub(super) socket: PathBuf,
}

/// Whom `postmaster.pid` names.
#[derive(Debug, PartialEq, Eq)]
enum Named {
    /// Nobody, or a process that has ended: PostgreSQL sorts that out itself.
    Nobody,
    /// A living process that has nothing to do with our cluster and merely got the same number.
    /// PostgreSQL would refuse to start.
    Stranger,
    Postmaster,
}

/// Waits for one that is stopping, returns one that goes on, removes files that name a stranger.
///
/// # Errors
/// When one neither answers nor ends.
pub(super) async fn find(layout: &Layout) -> Result<Option<Orphan>> {
    let file = layout.cluster.join("postmaster.pid");
    let began = Instant::now();
    loop {
        let orphan = read(&file)?;
        let named =
            orphan.as_ref().map_or(Named::Nobody, |orphan| named(orphan.pid, &layout.cluster));
        match (orphan, named) {
            (Some(orphan), Named::Postmaster) if stays(&orphan).await => return Ok(Some(orphan)),
            (_, Named::Postmaster) => {}
            // Its sessions may outlive a postmaster for a moment, and PostgreSQL finds them by the
            // very file that is to be removed.
            (_, Named::Stranger) if inhabited(&layout.cluster) => {}
            (_, Named::Stranger | Named::Nobody) => {
                for file in [&file, &layout.run.join(format!(".s.PGSQL.{PORT}.lock"))] {
                    remove_if_it_names_a_stranger(file, &layout.cluster)?;
                }
                return Ok(None);
            }
        }
        if began.elapsed() > PATIENCE {
            bail!(
                "a PostgreSQL of an earlier start neither answers nor ends. Stop the process named in the first line \
                 of {} with `kill -INT`; see also {}",
                file.display(),
                layout.log.display()
            );
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn remove_if_it_names_a_stranger(file: &Path, cluster: &Path) -> Result<()> {
    if let Some(it) = read(file)?
        && named(it.pid, cluster) == Named::Stranger
    {
        tracing::warn!(
            "{} names another program, process {}, and is removed",
            file.display(),
            it.pid
        );
        fs::remove_file(file)
            .with_context(|| format!("cannot remove the stale {}", file.display()))?;
    }
    Ok(())
}

/// Whether it takes our connection and keeps it: one that has just been told to stop may still take
/// it, and cuts it off at once.
async fn stays(orphan: &Orphan) -> bool {
    let options = address(&orphan.socket, SUPERUSER).database("postgres");
    let attempt = async {
        let mut connection = options.connect().await?;
        tokio::time::sleep(Duration::from_millis(250)).await;
        connection.ping().await?;
        connection.close().await
    };
    matches!(tokio::time::timeout(Duration::from_secs(5), attempt).await, Ok(Ok(())))
}

/// The first line of PostgreSQL's lock files is the process, the fifth the folder of its socket.
fn read(file: &Path) -> Result<Option<Orphan>> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
    };
    let mut lines = text.lines();
    let Some(pid) = lines.next().and_then(|line| line.trim().parse().ok()) else { return Ok(None) };
    let socket = lines.nth(3).unwrap_or_default().into();
    Ok(Some(Orphan { pid, socket }))
}

/// A postmaster works in the folder of its cluster; that cannot be said of a stranger.
fn named(pid: u32, cluster: &Path) -> Named {
    let process = PathBuf::from(format!("/proc/{pid}"));
    if !Path::new("/proc/self").exists() {
        return named_without_proc(pid);
    }
    match fs::read_link(process.join("cwd")) {
        Ok(folder) if folder == cluster => Named::Postmaster,
        Ok(_) => Named::Stranger,
        // Someone else's process; PostgreSQL knows that it cannot be its own.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Named::Nobody,
        // A process without a folder has ended and was not collected, as in containers without an
        // init; PostgreSQL takes it for alive.
        Err(_) if process.exists() => Named::Stranger,
        Err(_) => Named::Nobody,
    }
}

fn named_without_proc(pid: u32) -> Named {
    match Command::new("ps").args(["-o", "comm=", "-p", &pid.to_string()]).output() {
        Ok(output) if output.stdout.is_empty() => Named::Nobody,
        Ok(output) if String::from_utf8_lossy(&output.stdout).contains("postgres") => {
            Named::Postmaster
        }
        Ok(_) => Named::Stranger,
        Err(_) => Named::Nobody,
    }
}

/// Whether any process works in the folder of the cluster, as all of PostgreSQL's do.
fn inhabited(cluster: &Path) -> bool {
    if !Path::new("/proc/self").exists() {
        let listing = Command::new("ps").args(["-axo", "command="]).output();
        return listing.is_ok_and(|it| {
            String::from_utf8_lossy(&it.stdout).lines().any(|line| line.starts_with("postgres:"))
        });
    }
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes.into_iter().any(|process| {
        fs::read_link(process.path().join("cwd")).is_ok_and(|folder| folder == cluster)
    })
}

/// Whether this process is still the cluster's postmaster.
pub(super) fn is_postmaster(pid: u32, cluster: &Path) -> bool {
    named(pid, cluster) == Named::Postmaster
}
