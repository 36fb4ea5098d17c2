//! The cluster: making it, and saying who may connect.

use super::SUPERUSER;
use super::account::Accounts;
use super::layout::Layout;
use super::programs::Programs;
use crate::database::roles;
use anyhow::{Context, Result, bail};
use std::fs;
use std::os::unix::fs::chown;
use std::path::Path;

/// The version of an existing cluster; `None` when there is none.
///
/// # Errors
/// When there is a folder that is not a cluster.
pub(super) fn version(cluster: &Path) -> Result<Option<u32>> {
    if !cluster.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(cluster.join("PG_VERSION")).with_context(|| {
        format!(
            "{} is not a PostgreSQL cluster: move it away, or restore it from a backup",
            cluster.display()
        )
    })?;
    Ok(Some(
        text.trim()
            .parse()
            .with_context(|| format!("PG_VERSION of {} is unreadable", cluster.display()))?,
    ))
}

/// Makes a cluster under another name and renames it, so that a half-made one is never used.
///
/// # Errors
/// When `initdb` fails; with what it said.
pub(super) fn make(layout: &Layout, accounts: &Accounts, programs: &Programs) -> Result<()> {
    let unfinished = layout.base.join("data.initdb");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)
            .context("cannot remove the cluster a start before this left half-made")?;
    }
    fs::create_dir(&unfinished).context("cannot make the cluster's folder")?;
    if accounts.switches() {
        chown(&unfinished, Some(accounts.server.uid), Some(accounts.server.gid))
            .context("cannot give the cluster's folder to PostgreSQL's user")?;
    }
    let output = accounts
        .command(&programs.bin.join("initdb"))
        .arg("-D")
        .arg(&unfinished)
        .args(["-U", SUPERUSER, "--encoding=UTF8", "--auth-local=peer", "--auth-host=reject"])
        .args(["--data-checksums", "--no-instructions"])
        .args(locale(programs.major))
        .output()
        .context("cannot run initdb")?;
    if !output.status.success() {
        bail!(
            "initdb could not make a cluster:\n{}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    fs::rename(&unfinished, &layout.cluster).context("cannot put the new cluster in its place")
}

/// By code point: an index keeps its order when the operating system's collations change.
fn locale(major: u32) -> &'static [&'static str] {
    match major {
        17.. => &["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
        _ if cfg!(target_os = "macos") => &["--locale=C"],
        _ => &["--locale=C.UTF-8"],
    }
}

/// Written at every start: the user of the server's process may have changed since the last.
///
/// # Errors
/// When the files cannot be written.
pub(super) fn write_access_rules(layout: &Layout, accounts: &Accounts) -> Result<()> {
    let users = [SUPERUSER, roles::OWNER, roles::APP];
    let rule = format!("local all {} peer map=candor\n", users.join(","));
    let mut people = vec![accounts.own.name.as_str(), accounts.server.name.as_str()];
    people.dedup();
    let map: String = people
        .iter()
        .flat_map(|person| users.map(|user| format!("candor \"{person}\" {user}\n")))
        .collect();
    let head = "# Written by Candor at every start.\n";
    for (name, text) in [("pg_hba.conf", rule), ("pg_ident.conf", map)] {
        let (file, draft) = (layout.cluster.join(name), layout.cluster.join(format!("{name}.new")));
        let written = fs::write(&draft, format!("{head}{text}"))
            .and_then(|()| match accounts.switches() {
                true => chown(&draft, Some(accounts.server.uid), Some(accounts.server.gid)),
                false => Ok(()),
            })
            .and_then(|()| fs::rename(&draft, &file));
        written.with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}
