//! Who runs PostgreSQL. It refuses to run as root, so root hands it to another user.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A user of the operating system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// Us, and the user PostgreSQL runs as; often the same.
#[derive(Clone, Debug)]
pub(super) struct Accounts {
    pub(super) own: Account,
    pub(super) server: Account,
    /// `setpriv` of util-linux is there, so the kernel can be told to stop PostgreSQL when we die.
    tethers: bool,
}

/// Tried in this order by root, after the one asked for and the owner of an existing cluster.
const USUAL: [&str; 4] = ["postgres", "_postgres", "candor", "nobody"];

impl Accounts {
    /// # Errors
    /// When a user is unknown, or the cluster belongs to someone we cannot become.
    pub(super) fn choose(asked: Option<&str>, cluster_owner: Option<u32>) -> Result<Self> {
        let own = Account::own()?;
        let tethers =
            cfg!(target_os = "linux") && quiet("setpriv", &["--pdeathsig", "INT", "--", "true"]);
        let server = if own.uid == 0 { for_root(asked, cluster_owner)? } else { own.clone() };
        if let Some(owner) = cluster_owner.filter(|owner| *owner != server.uid) {
            let owner = Account::numbered(owner).map_or(owner.to_string(), |account| account.name);
            bail!(
                "the cluster belongs to the user {owner}, and PostgreSQL would run as {}. Start Candor as {owner} \
                 or as root, or give the folder away: chown -R {} DATA/pg/data",
                server.name,
                server.name
            );
        }
        Ok(Self { own, server, tethers })
    }

    pub(super) fn switches(&self) -> bool {
        self.own.uid != self.server.uid
    }

    /// A program run as PostgreSQL's user, with a bare environment, that is told to stop when the
    /// *thread* that starts it ends. Wait for it on that thread.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = if self.tethers {
            let mut command = Command::new("setpriv");
            if self.switches() {
                let (uid, gid) = (self.server.uid.to_string(), self.server.gid.to_string());
                command.args(["--reuid", &uid, "--regid", &gid, "--init-groups"]);
            }
            command.args(["--pdeathsig", "INT", "--"]).arg(program);
            command
        } else {
            let mut command = Command::new(program);
            if self.switches() {
                use std::os::unix::process::CommandExt;
                command.uid(self.server.uid).gid(self.server.gid);
            }
            command
        };
        // The working directory must be one the other user may read.
        command
            .env_clear()
            .env("PATH", path())
            .env("LC_ALL", "C")
            .env("TZ", "UTC")
            .current_dir("/");
        command.stdin(Stdio::null());
        command
    }

    /// The outermost folder on the way to `place` that PostgreSQL's user may not enter.
    pub(super) fn barrier(&self, place: &Path) -> Result<Option<PathBuf>> {
        if !self.switches() {
            return Ok(None);
        }
        let mut way: Vec<&Path> = place.ancestors().collect();
        way.reverse();
        let script = r#"for folder; do [ -x "$folder" ] || { printf %s "$folder"; exit 0; }; done"#;
        let output = self
            .command(Path::new("sh"))
            .args(["-c", script, "sh"])
            .args(way)
            .output()
            .context("cannot run `sh` to check the way to the data directory")?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("cannot run programs as the user {}: {}", self.server.name, said.trim());
        }
        let folder = String::from_utf8_lossy(&output.stdout);
        Ok((!folder.is_empty()).then(|| PathBuf::from(folder.as_ref())))
    }
}

impl Account {
    /// The user of this process.
    fn own() -> Result<Self> {
        let number = |option| -> Result<u32> {
            id(&[option])?.parse().context("`id` did not print a number")
        };
        let (uid, gid) = (number("-u")?, number("-g")?);
        let Ok(name) = id(&["-un"]) else {
            bail!(
                "this process runs as user number {uid}, which has no name in /etc/passwd; PostgreSQL refuses such a \
                 user. Add a line for it to /etc/passwd (containers: run as a named user), or set DATABASE_URL."
            );
        };
        Ok(Self { name, uid, gid })
    }

    /// Alpine's `id` knows users by name only, so the usual names are tried as well.
    fn numbered(uid: u32) -> Option<Self> {
        Self::of(&uid.to_string())
            .or_else(|| USUAL.into_iter().filter_map(Self::of).find(|usual| usual.uid == uid))
    }

    /// By name or number; `None` when there is no such user.
    fn of(user: &str) -> Option<Self> {
        let name = id(&["-un", "--", user]).ok()?;
        let uid = id(&["-u", "--", user]).ok()?.parse().ok()?;
        let gid = id(&["-g", "--", user]).ok()?.parse().ok()?;
        Some(Self { name, uid, gid })
    }
}

fn for_root(asked: Option<&str>, cluster_owner: Option<u32>) -> Result<Account> {
    if let Some(name) = asked {
        let Some(account) = Account::of(name) else {
            bail!(
                "there is no user {name} to run PostgreSQL as; make one with `useradd -r {name}`."
            );
        };
        if account.uid == 0 {
            bail!("PostgreSQL refuses to run as root; name another user to run it as.");
        }
        return Ok(account);
    }
    cluster_owner
        .filter(|uid| *uid != 0)
        .and_then(Account::numbered)
        .or_else(|| USUAL.into_iter().find_map(Account::of))
        .context("PostgreSQL refuses to run as root, and there is no user `postgres`: run `useradd -r postgres`.")
}

fn id(arguments: &[&str]) -> Result<String> {
    let output = Command::new("id")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .context("cannot run `id`")?;
    if !output.status.success() {
        bail!("`id` knows no such user: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether the program can be run and succeeds.
fn quiet(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Where programs are looked for: the environment's own list, or the usual one.
pub(super) fn path() -> std::ffi::OsString {
    // Not configuration of ours, so not in config.rs.
    std::env::var_os("PATH")
        .unwrap_or_else(|| "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".into())
}
