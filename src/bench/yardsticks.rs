//! What the same machine does when it does nothing else: nginx with the same bytes, pgbench with the
//! same statements. Where one of them is not installed, its columns stay empty.

use super::{
    asked::Seen,
    load::{self, Figures},
    pages::Requests,
    server::ask_to_end,
};
use crate::database::embedded::{DATABASE, Embedded};
use anyhow::{Context, Result, bail, ensure};
use sqlx::PgConnection;
use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::{
    process::{Child, Command},
    time::{Instant, sleep},
};

/// Seconds in which pgbench's sessions prepare their statements, which do not count.
const PREPARING: u64 = 2;

/// Different requests whose statements pgbench repeats. Every session prepares all of them, because in its
/// scripts the values stand in the text.
const SCRIPTS: usize = 8;

/// How long nginx may take to begin and to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// nginx, serving what the server answered, from files.
pub(super) struct Nginx {
    process: Child,
    address: SocketAddr,
}

impl Nginx {
    /// Starts it with the pages that were seen; `None` where it is not installed.
    pub(super) async fn start(folder: &Path, seen: &[Seen]) -> Result<Option<Self>> {
        let folder = folder.join("nginx");
        fs::create_dir_all(&folder)?;
        for (page, seen) in seen.iter().enumerate() {
            fs::create_dir_all(folder.join(page.to_string()))?;
            for (number, body) in seen.bodies.iter().enumerate() {
                fs::write(folder.join(file(page, number)), body)?;
            }
        }
        // Free a moment ago; nginx cannot say which port it was given.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let configuration = folder.join("nginx.conf");
        fs::write(&configuration, settings(&folder, address))?;
        let Some(program) = program("nginx") else {
            eprintln!("nginx is not installed: measured without it");
            return Ok(None);
        };
        let process = Command::new(program)
            .arg("-p")
            .arg(&folder)
            .arg("-c")
            .arg(&configuration)
            .args(["-e", "stderr"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.join("nginx.log"))?)
            .spawn()
            .context("cannot start nginx")?;
        let began = Instant::now();
        while tokio::net::TcpStream::connect(address).await.is_err() {
            ensure!(began.elapsed() < PATIENCE, "nginx does not listen; see {}", folder.display());
            sleep(Duration::from_millis(20)).await;
        }
        Ok(Some(Self { process, address }))
    }

    /// Its number, while it runs.
    pub(super) fn process(&self) -> Option<u32> {
        self.process.id()
    }

    /// Asks for the files of one page, as the server was asked for the page.
    pub(super) async fn measure(
        &self,
        page: usize,
        seen: &Seen,
        concurrency: usize,
        lasting: Duration,
    ) -> Result<Figures> {
        let paths = (0..seen.bodies.len()).map(|number| format!("/{}", file(page, number)));
        load::run(self.address, &Requests::of_files(paths.collect()), concurrency, lasting).await
    }

    pub(super) async fn stop(mut self) -> Result<()> {
        if let Some(process) = self.process() {
            ask_to_end(process).await?;
        }
        tokio::time::timeout(PATIENCE, self.process.wait())
            .await
            .context("nginx does not end")??;
        Ok(())
    }
}

impl Drop for Nginx {
    /// Asked, not killed: its workers would outlive it.
    fn drop(&mut self) {
        if let Some(process) = self.process() {
            let ask = format!("kill -TERM {process}");
            let _ = std::process::Command::new("sh").args(["-c", &ask]).status();
        }
    }
}

fn file(page: usize, number: usize) -> String {
    format!("{page}/{number}.html")
}

fn settings(folder: &Path, address: SocketAddr) -> String {
    let folder = folder.display();
    // Root's workers would become somebody who may not enter the folder.
    let user = if nobody_else_may_enter() { "user root;" } else { "" };
    format!(
        "daemon off;\n{user}\nworker_processes auto;\npid {folder}/nginx.pid;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\n  access_log off;\n  sendfile on;\n  keepalive_requests 1000000000;\n  \
         client_body_temp_path {folder}/body;\n  proxy_temp_path {folder}/proxy;\n  \
         fastcgi_temp_path {folder}/fastcgi;\n  uwsgi_temp_path {folder}/uwsgi;\n  scgi_temp_path {folder}/scgi;\n  \
         server {{ listen {address}; root {folder}; default_type text/html; types {{ text/html html; }} }}\n}}\n"
    )
}

/// Whether we are root.
fn nobody_else_may_enter() -> bool {
    fs::metadata("/proc/self").is_ok_and(|about| std::os::unix::fs::MetadataExt::uid(&about) == 0)
}

fn program(name: &str) -> Option<PathBuf> {
    ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"]
        .iter()
        .map(|folder| Path::new(folder).join(name))
        .find(|program| program.exists())
}

/// Makes the table that pgbench writes into beside the reply.
pub(super) async fn prepare(db: &mut PgConnection) -> Result<()> {
    sqlx::raw_sql("create schema if not exists bench").execute(&mut *db).await?;
    sqlx::raw_sql("drop table if exists bench.posts").execute(&mut *db).await?;
    sqlx::raw_sql("create table bench.posts (like public.posts including all)")
        .execute(&mut *db)
        .await?;
    sqlx::raw_sql("grant usage on schema bench to candor_app").execute(&mut *db).await?;
    sqlx::raw_sql("grant insert on bench.posts to candor_app").execute(db).await?;
    Ok(())
}

/// One post into an empty copy of the table with all its indexes, and nothing else that a reply does.
const ONE_POST: &str = "\\set thread random(1, 9000000000000000000)\n\
    insert into bench.posts (thread_id, position, author_id, source, html, renderer, written_at, search) \
    select :thread, 1, author_id, source, html, renderer, written_at, \
    setweight(to_tsvector('english', source), 'C') from posts where id = 1 + :thread::bigint % 1000;\n";

/// Transactions per second when pgbench sends what the page sent, so many sessions at a time.
pub(super) async fn pgbench(
    folder: &Path,
    postgres: &Embedded,
    (writes, seen): (bool, &Seen),
    concurrency: usize,
    lasting: Duration,
) -> Result<Option<f64>> {
    let program = postgres.bin_dir().join("pgbench");
    if !program.exists() {
        return Ok(None);
    }
    let folder = folder.join("pgbench");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let mut command = Command::new(program);
    let scripts: Vec<String> = match writes {
        true => vec![ONE_POST.to_owned()],
        false => {
            let different = seen.statements.iter().take(SCRIPTS);
            different.map(|all| all.join(";\n") + ";\n").collect()
        }
    };
    for (number, script) in scripts.iter().enumerate() {
        let file = folder.join(format!("{number}.sql"));
        fs::write(&file, script)?;
        command.arg("-f").arg(file);
    }
    // Of the last second pgbench may not tell.
    let seconds = (PREPARING + lasting.as_secs() + 1).to_string();
    // No more than the server has connections for the same visitors.
    let sessions = concurrency.min(super::CONNECTIONS as usize);
    let threads = sessions.min(2).to_string();
    let sessions = sessions.to_string();
    let ran = command
        .args(["-n", "-M", "prepared", "-P", "1", "-T", &seconds, "-c", &sessions, "-j", &threads])
        .args(["-U", "candor", "-h"])
        .arg(postgres.socket_dir())
        .arg(DATABASE)
        .env("PGOPTIONS", "-c role=candor_app")
        .stdin(Stdio::null())
        .output()
        .await
        .context("cannot run pgbench")?;
    let said = String::from_utf8_lossy(&ran.stderr);
    match steady(&said) {
        Some(tps) if ran.status.success() => Ok(Some(tps)),
        _ => bail!("pgbench: {said}{}", String::from_utf8_lossy(&ran.stdout)),
    }
}

/// Transactions per second once every session has prepared its statements, from lines such as
/// `progress: 3.0 s, 551.0 tps, lat 1.8 ms stddev 0.5, 0 failed`.
fn steady(said: &str) -> Option<f64> {
    let progress = said.lines().filter_map(|line| line.strip_prefix("progress: "));
    let rates = progress.filter_map(|line| line.split(", ").nth(1)?.strip_suffix(" tps"));
    let rates: Vec<f64> =
        rates.skip(PREPARING as usize).filter_map(|tps| tps.parse().ok()).collect();
    (!rates.is_empty()).then(|| rates.iter().sum::<f64>() / rates.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seconds_in_which_statements_are_prepared_do_not_count() {
        let said = "pgbench (15.18)\nprogress: 1.0 s, 5.0 tps, lat 1.8 ms stddev 0.5, 0 failed\n\
                    progress: 2.0 s, 7.0 tps, lat 1.8 ms\nprogress: 3.0 s, 500.5 tps, lat 1.8 ms\n\
                    progress: 4.0 s, 501.5 tps, lat 1.8 ms\n";
        assert_eq!(steady(said), Some(501.0));
        assert_eq!(steady("pgbench (15.18)\n"), None);
    }
}
