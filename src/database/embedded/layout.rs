//! The folders of the private PostgreSQL and the lock that makes them ours.

use super::PORT;
use super::account::Accounts;
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// What `sockaddr_un` holds, less the closing zero: 107 bytes on Linux, 103 on macOS.
const LONGEST_SOCKET_PATH: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// A log larger than this is put aside at the start.
const LARGE_LOG: u64 = 10 * 1024 * 1024;

/// How long a server on its way out is waited for: the lock goes with its last process, and a child
/// just forked holds a copy until it becomes another program.
const HANDOVER: Duration = Duration::from_secs(1);

/// The folders, and the lock for as long as the value lives.
pub(super) struct Layout {
    pub(super) base: PathBuf,
    pub(super) cluster: PathBuf,
    pub(super) run: PathBuf,
    pub(super) log: PathBuf,
    _lock: File,
}

impl Layout {
    /// # Errors
    /// When another server holds the folder, or it cannot be made.
    pub(super) fn claim(data: &Path) -> Result<Self> {
        let wanted = data.join("pg");
        fs::create_dir_all(&wanted)
            .with_context(|| format!("cannot make the folder {}", wanted.display()))?;
        let base =
            wanted.canonicalize().with_context(|| format!("cannot find {}", wanted.display()))?;
        let lock = lock(&base.join("lock"), data)?;
        Ok(Self {
            cluster: base.join("data"),
            run: base.join("run"),
            log: base.join("postgres.log"),
            base,
            _lock: lock,
        })
    }

    /// The number of the user an existing cluster belongs to.
    pub(super) fn cluster_owner(&self) -> Option<u32> {
        fs::metadata(&self.cluster).ok().map(|it| it.uid())
    }

    /// Lets PostgreSQL's user in, and chooses where the socket goes.
    ///
    /// # Errors
    /// When a folder on the way is closed to that user; the message names it.
    pub(super) fn admit(&mut self, accounts: &Accounts) -> Result<()> {
        let mode = if accounts.switches() { 0o711 } else { 0o700 };
        fs::set_permissions(&self.base, Permissions::from_mode(mode))
            .with_context(|| format!("cannot set the permissions of {}", self.base.display()))?;
        if let Some(folder) = accounts.barrier(&self.base)? {
            let (folder, user) = (folder.display(), &accounts.server.name);
            bail!(
                "PostgreSQL runs as the user {user}, who may not enter {folder}. Allow passing through it with \
                 `chmod o+x {folder}`, or choose a data directory elsewhere, such as /var/lib/candor."
            );
        }
        if !fits_a_socket(&self.run) {
            self.run = short_folder(&self.base)?;
        }
        private_folder(&self.run, accounts)
    }

    /// Puts a large log aside, so that it does not grow without end; one old log is kept.
    pub(super) fn rotate_log(&self) -> Result<()> {
        if fs::metadata(&self.log).is_ok_and(|it| it.len() > LARGE_LOG) {
            fs::rename(&self.log, self.log.with_extension("log.1"))
                .context("cannot put the old log aside")?;
        }
        Ok(())
    }

    /// The last lines of PostgreSQL's log, for a message.
    pub(super) fn log_tail(&self) -> String {
        format!("The end of {}:\n{}", self.log.display(), tail(&self.log).unwrap_or_default())
    }
}

/// Opens PostgreSQL's log for writing at its end.
pub(super) fn open_log(log: &Path) -> std::io::Result<File> {
    OpenOptions::new().create(true).append(true).mode(0o600).open(log)
}

/// The last 2 kB of a file, from the beginning of a line.
pub(super) fn tail(file: &Path) -> std::io::Result<String> {
    let mut file = File::open(file)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(2048)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(match text.split_once('\n') {
        Some((_, rest)) if length > 2048 => rest.to_owned(),
        _ => text,
    })
}

fn lock(path: &Path, data: &Path) -> Result<File> {
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .mode(0o600)
        .open(path)
        .with_context(|| {
            format!("cannot open {}; does the folder belong to another user?", path.display())
        })?;
    let began = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if began.elapsed() < HANDOVER => {
                thread::sleep(Duration::from_millis(25))
            }
            Err(TryLockError::WouldBlock) => bail!(taken(file, data)),
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {}", path.display()));
            }
        }
    }
    // For the message above only; the lock is what counts, and it goes with the process.
    file.set_len(0)?;
    writeln!(file, "process {}", std::process::id())?;
    Ok(file)
}

fn taken(mut lock: File, data: &Path) -> String {
    let mut holder = String::new();
    // Without a name the message still says what to do.
    let _ = lock.read_to_string(&mut holder);
    let holder = if holder.is_empty() { "another process" } else { holder.trim() };
    format!(
        "another Candor ({holder}) runs on {} already, and its private PostgreSQL serves one only. Stop it, choose \
         another data directory, or give both servers the same DATABASE_URL.",
        data.display()
    )
}

/// Also no comma and no quote: PostgreSQL reads the setting as a list of folders.
fn fits_a_socket(folder: &Path) -> bool {
    let name = format!(".s.PGSQL.{PORT}");
    let length = folder.as_os_str().len() + 1 + name.len();
    let plain = folder.to_str().is_some_and(|folder| !folder.contains([',', '"']));
    length <= LONGEST_SOCKET_PATH && plain
}

/// A short folder that is the same at every start, so that a PostgreSQL left running is found.
fn short_folder(base: &Path) -> Result<PathBuf> {
    let digest = Sha256::digest(base.as_os_str().as_encoded_bytes());
    let name: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    [std::env::temp_dir(), PathBuf::from("/tmp")]
        .into_iter()
        .map(|parent| parent.join(format!("candor-{name}")))
        .find(|folder| fits_a_socket(folder))
        .context("no folder is short enough for a unix socket")
}

/// Makes the folder PostgreSQL's own, or insists that it is: others may write in `/tmp`.
fn private_folder(folder: &Path, accounts: &Accounts) -> Result<()> {
    let server = &accounts.server;
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            return Err(error).with_context(|| format!("cannot make {}", folder.display()));
        }
        _ => {}
    }
    let about = fs::symlink_metadata(folder)?;
    // Root's own: just made, or left by a start that was killed between making it and here.
    if accounts.switches() && about.is_dir() && about.uid() == accounts.own.uid {
        chown(folder, Some(server.uid), Some(server.gid))
            .with_context(|| format!("cannot give {} to {}", folder.display(), server.name))?;
    } else if !about.is_dir() || about.uid() != server.uid || about.mode() & 0o077 != 0 {
        bail!(
            "{} is not a folder that belongs to {} alone. Remove it, and start again.",
            folder.display(),
            server.name
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_path_of_exactly_the_limit_fits() {
        let room = LONGEST_SOCKET_PATH - "/.s.PGSQL.5432".len();
        assert!(fits_a_socket(Path::new(&"x".repeat(room))));
        assert!(!fits_a_socket(Path::new(&"x".repeat(room + 1))));
        assert!(!fits_a_socket(Path::new("/srv/a,b")));
    }
}
