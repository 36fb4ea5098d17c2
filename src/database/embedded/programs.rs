//! Finding PostgreSQL's programs.

use super::account::path;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The oldest PostgreSQL that will do.
const OLDEST: u32 = 15;

/// Where packages put versioned programs: parent folder, how the entry begins, the rest of the way.
const PACKAGES: [(&str, &str, &str); 8] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/usr/libexec", "postgresql", ""),
    ("/usr/lib64/pgsql", "postgresql-", "bin"),
    ("/opt/homebrew/opt", "postgresql@", "bin"),
    ("/usr/local/opt", "postgresql@", "bin"),
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql@", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
];

/// One installation of PostgreSQL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Programs {
    // The order of the fields counts: the newest installation is the greatest.
    pub(super) major: u32,
    pub(super) bin: PathBuf,
}

/// The installation to use: the newest for a new cluster, exactly `cluster`'s version for an old one.
///
/// # Errors
/// When there is none that will do; the message says what to install.
pub(super) fn find(chosen: Option<&Path>, cluster: Option<u32>) -> Result<Programs> {
    let found = match chosen {
        Some(bin) => vec![Programs::at(bin).with_context(|| {
            format!(
                "there is no usable PostgreSQL in {}: `postgres` and `initdb` must be there",
                bin.display()
            )
        })?],
        None => installed(),
    };
    pick(found, cluster)
}

fn pick(mut found: Vec<Programs>, cluster: Option<u32>) -> Result<Programs> {
    let versions = found.iter().map(|it| it.major.to_string()).collect::<Vec<_>>().join(", ");
    found.retain(|it| it.major >= OLDEST && cluster.is_none_or(|major| it.major == major));
    match (found.into_iter().max(), cluster) {
        (Some(programs), _) => Ok(programs),
        (None, Some(major)) => bail!(
            "the cluster in the data directory was made by PostgreSQL {major}, and installed here: {}. \
             Install PostgreSQL {major} (Debian: apt install postgresql-{major}), or move the data to the newer one:\n  \
             initdb -D NEW -U candor --encoding=UTF8 --locale=C.UTF-8 --data-checksums\n  \
             pg_upgrade -U candor -d DATA/pg/data -D NEW -b /usr/lib/postgresql/{major}/bin -B NEWER/bin",
            if versions.is_empty() { "none" } else { &versions }
        ),
        (None, None) if versions.is_empty() => bail!(
            "no PostgreSQL found on PATH or in the usual places. Install version {OLDEST} or newer \
             (Debian and Ubuntu: apt install postgresql; Fedora: dnf install postgresql-server; \
             Alpine: apk add postgresql; macOS: brew install postgresql@17), or set DATABASE_URL to use one elsewhere."
        ),
        (None, None) => {
            bail!("PostgreSQL {versions} is too old: install version {OLDEST} or newer.")
        }
    }
}

fn installed() -> Vec<Programs> {
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path()).collect();
    for (parent, beginning, rest) in PACKAGES {
        let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
        let ours =
            entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(beginning));
        folders.extend(ours.map(|entry| entry.path().join(rest)));
    }
    let mut found: Vec<Programs> =
        folders.iter().filter_map(|folder| Programs::at(folder)).collect();
    found.sort();
    found.dedup();
    found
}

impl Programs {
    /// The installation this folder leads to. Links are followed: PostgreSQL finds its libraries by
    /// where its program really is, and a link's folder rarely holds `initdb`.
    fn at(folder: &Path) -> Option<Self> {
        let postgres = folder.join("postgres").canonicalize().ok()?;
        let bin = postgres.parent()?.to_path_buf();
        if !bin.join("initdb").is_file() {
            return None;
        }
        let output = Command::new(&postgres).arg("--version").stdin(Stdio::null()).output().ok()?;
        let major = major(&String::from_utf8_lossy(&output.stdout))?;
        Some(Self { major, bin })
    }
}

/// From `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` or `… 18beta2`.
fn major(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL) ")?.1;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programs(major: u32) -> Programs {
        Programs { major, bin: format!("/pg/{major}").into() }
    }

    #[test]
    fn versions_are_read_however_they_are_printed() {
        assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta2\n"), Some(18));
        assert_eq!(major("bash"), None);
    }

    #[test]
    fn a_new_cluster_gets_the_newest_and_an_old_one_its_own_version() {
        let found = || vec![programs(14), programs(15), programs(18)];

        assert_eq!(pick(found(), None).unwrap().major, 18);
        assert_eq!(pick(found(), Some(15)).unwrap().major, 15);

        let refusal = pick(found(), Some(16)).unwrap_err().to_string();
        assert!(
            refusal.contains("made by PostgreSQL 16, and installed here: 14, 15, 18"),
            "{refusal}"
        );
        assert!(pick(vec![programs(14)], None).unwrap_err().to_string().contains("too old"));
        assert!(pick(vec![], None).unwrap_err().to_string().contains("apt install postgresql"));
    }
}
