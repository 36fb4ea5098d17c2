//! The binary, in a data folder of a test's own.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// Copied away first: a build may replace the original while a test runs.
static BINARY: LazyLock<PathBuf> = LazyLock::new(|| {
    tidy();
    let copy = parent().join(format!("candor-command-{}", std::process::id()));
    fs::copy(env!("CARGO_BIN_EXE_candor"), &copy).unwrap();
    copy
});

/// One loaded demonstration, its server stopped.
static DEMONSTRATION: LazyLock<Place> = LazyLock::new(|| {
    let place = Place::empty();
    place.start("demo").stop();
    place
});

/// Removes what runs before this one left: what is static is never dropped.
fn tidy() {
    for entry in fs::read_dir(parent()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(rest) = name.strip_prefix("candor-command-") else { continue };
        let process = rest.split('-').next().unwrap();
        if !Path::new("/proc").join(process).exists() {
            let _ = fs::remove_dir_all(entry.path()).or_else(|_| fs::remove_file(entry.path()));
        }
    }
}

/// Where also the user of the database may enter.
fn parent() -> &'static Path {
    Path::new(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" })
}

/// A data folder, removed when the test ends.
pub(crate) struct Place {
    pub(crate) data: PathBuf,
}

impl Place {
    pub(crate) fn empty() -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let data = parent().join(format!("candor-command-{}-{number}", std::process::id()));
        fs::create_dir(&data).unwrap();
        Self { data }
    }

    /// A copy of the loaded demonstration.
    pub(crate) fn demonstration() -> Self {
        let place = Self::empty();
        let from = DEMONSTRATION.data.join("pg");
        let copied = Command::new("cp").arg("-a").arg(from).arg(&place.data).status().unwrap();
        assert!(copied.success());
        place
    }

    /// The program, told where to work and nothing else.
    pub(crate) fn candor(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BINARY.as_path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CANDOR_")) {
            command.env_remove(name);
        }
        command.env_remove("DATABASE_URL").env("CANDOR_DATA", &self.data);
        // Programs write faster than people.
        command.env("CANDOR_RATE_LIMITS", "off");
        command.env("CANDOR_LISTEN", "127.0.0.1:0").args(arguments).stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.candor(arguments).output().unwrap()
    }

    /// Runs a command that must succeed; returns what it printed.
    pub(crate) fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", errors(&output));
        text(&output.stdout)
    }

    /// Starts a server and waits until it listens.
    pub(crate) fn start(&self, command: &str) -> Server {
        let log = fs::File::create(self.data.join(format!("{command}.log"))).unwrap();
        let mut process =
            self.candor(&[command]).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("Candor listens on http://").unwrap_or_else(|| {
            let log = fs::read_to_string(self.data.join(format!("{command}.log"))).unwrap();
            panic!("it did not start: {line}{log}")
        });
        Server { address: address.parse().unwrap(), process, out, place: self.data.clone() }
    }

    /// Answers one question to the database of a running server, as PostgreSQL's own `psql` gives it.
    pub(crate) fn ask(&self, sql: &str) -> String {
        self.try_ask(sql).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    pub(crate) fn try_ask(&self, sql: &str) -> Result<String, String> {
        let output = Command::new("psql")
            .args(["-h".as_ref(), self.data.join("pg/run").as_os_str()])
            .args(["-U", "candor", "-d", "candor", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sql])
            .output()
            .unwrap();
        if output.status.success() {
            Ok(text(&output.stdout).trim().to_owned())
        } else {
            Err(errors(&output))
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.data);
    }
}

/// A server that runs.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    process: Child,
    out: BufReader<std::process::ChildStdout>,
    place: PathBuf,
}

impl Server {
    /// Asks it to stop and waits; returns the rest of what it printed.
    pub(crate) fn stop(mut self) -> String {
        signal(self.process.id(), "TERM");
        let status = within(Duration::from_secs(30), || self.process.try_wait().unwrap());
        assert!(status.success(), "{status}");
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        rest
    }

    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// The number of its PostgreSQL.
    pub(crate) fn postmaster(&self) -> u32 {
        let said = fs::read_to_string(self.place.join("pg/data/postmaster.pid")).unwrap();
        said.lines().next().unwrap().trim().parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.process.try_wait().unwrap().is_none() {
            self.kill();
            // Its PostgreSQL is told by the kernel; the folder must not go before it.
            let file = self.place.join("pg/data/postmaster.pid");
            let began = Instant::now();
            while file.exists() && began.elapsed() < Duration::from_secs(10) {
                thread::sleep(Duration::from_millis(20));
            }
        }
    }
}

pub(crate) fn signal(process: u32, name: &str) {
    let sent = Command::new("kill").args([format!("-{name}"), process.to_string()]).status();
    assert!(sent.unwrap().success());
}

/// What `look` finds, which must be soon.
pub(crate) fn within<T>(patience: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < patience, "it took more than {patience:?}");
        thread::sleep(Duration::from_millis(20));
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub(crate) fn errors(output: &Output) -> String {
    text(&output.stderr)
}
