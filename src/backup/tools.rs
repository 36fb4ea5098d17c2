//! PostgreSQL's own programs for dumping and restoring.

use super::archive;
use crate::database::roles;
use anyhow::{Context, Result, bail};
use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::process::Command;

/// Where packages put them, beside PATH: before and after the version.
const PACKAGES: [(&str, &str); 4] = [
    ("/usr/lib/postgresql/", "/bin"),
    ("/usr/pgsql-", "/bin"),
    ("/opt/homebrew/opt/postgresql@", "/bin"),
    ("/usr/local/opt/postgresql@", "/bin"),
];

/// Takes away everything of ours, and what new tables are granted by default.
const MAKE_ROOM: &str = "
set local lock_timeout = '30s';
do $$
declare it record;
begin
    for it in select oid::regclass as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relowner = current_user::regrole
    loop
        execute format('drop table if exists %s cascade', it.name);
    end loop;
    -- Those of columns are gone with their tables.
    for it in select oid::regclass as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'S' and relowner = current_user::regrole
    loop
        execute format('drop sequence if exists %s cascade', it.name);
    end loop;
    for it in select oid::regprocedure as name from pg_proc
        where pronamespace = 'public'::regnamespace and proowner = current_user::regrole
    loop
        execute format('drop routine if exists %s cascade', it.name);
    end loop;
    for it in select oid::regtype as name from pg_type
        where typnamespace = 'public'::regnamespace and typtype in ('e', 'd') and typowner = current_user::regrole
    loop
        execute format('drop type if exists %s cascade', it.name);
    end loop;
end
$$;
alter default privileges in schema public revoke all on tables from candor_app;
alter default privileges in schema public revoke all on sequences from candor_app;
";

/// The programs of one version, told how to connect.
pub struct Tools {
    folder: PathBuf,
    major: u32,
    environment: Vec<(&'static str, OsString)>,
}

impl Tools {
    /// The programs of the server's major version, in one of `folders` or the usual places.
    ///
    /// # Errors
    /// Where there are none; the message says what to install.
    pub async fn find(
        major: u32,
        folders: impl Iterator<Item = PathBuf>,
        login: &PgConnectOptions,
        url: Option<&SecretString>,
    ) -> Result<Self> {
        let usual =
            PACKAGES.map(|(before, after)| PathBuf::from(format!("{before}{major}{after}")));
        // The last is for PATH: a program's name alone.
        for folder in folders.chain(usual).chain([PathBuf::new()]) {
            if version(&folder.join("pg_dump")).await == Some(major) {
                return Ok(Self { folder, major, environment: environment(login, url)? });
            }
        }
        bail!(
            "pg_dump of PostgreSQL {major} is needed, the version of the server. Install it (Debian: apt install \
             postgresql-client-{major}), or set CANDOR_PG_BIN to its folder."
        )
    }

    /// The major version of PostgreSQL.
    pub fn major(&self) -> u32 {
        self.major
    }

    /// Dumps the tables as this exported snapshot shows them.
    ///
    /// # Errors
    /// What the program said.
    pub(super) async fn dump(&self, snapshot: &str, target: &Path) -> Result<()> {
        let mut command = self.command("pg_dump");
        // Compressed with everything else later on.
        command.args(["--format=custom", "--compress=0", "--no-owner", "--lock-wait-timeout=30s"]);
        command.arg("--no-password");
        command.arg(format!("--snapshot={snapshot}")).arg(role()).arg("--file").arg(target);
        run(command).await
    }

    /// Puts a dump in place of the tables that are there, and runs `then` on it, all in one transaction.
    ///
    /// By way of a script, because `pg_restore` alone cannot make room first: its `--clean` stumbles
    /// over tables that a newer release added, and the rights new tables get by default would be left
    /// on the ledgers, which a dump only ever adds to.
    ///
    /// # Errors
    /// What the programs said; then nothing has changed.
    pub(super) async fn restore(
        &self,
        dump: &Path,
        database: Option<&str>,
        then: &str,
    ) -> Result<()> {
        let script = dump.with_extension("sql");
        archive::private(&script)?;
        let mut command = self.command("pg_restore");
        command.arg("--no-owner").arg("--file").arg(&script).arg(dump);
        run(command).await?;
        let mut command = self.command("psql");
        command.args(["--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null"]);
        command.arg("--set=ON_ERROR_STOP=1");
        command.args(database.map(|database| format!("--dbname={database}")));
        command.arg(format!("--command=set role {}", roles::OWNER));
        command.args(["--command=set client_min_messages = warning", "--command", MAKE_ROOM]);
        command.arg("--file").arg(&script).arg("--command").arg(then);
        run(command).await?;
        std::fs::remove_file(&script).context("cannot remove the script of the restoration")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.folder.join(program));
        command.env_remove("PGSERVICE").env_remove("PGOPTIONS").env("LC_ALL", "C");
        command.env("PGCONNECT_TIMEOUT", "10").envs(self.environment.iter().cloned());
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }
}

fn role() -> String {
    format!("--role={}", roles::OWNER)
}

async fn run(mut command: Command) -> Result<()> {
    let name = command.as_std().get_program().to_string_lossy().into_owned();
    let output = command.output().await.with_context(|| format!("cannot run {name}"))?;
    if !output.status.success() {
        bail!("{name}: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

/// From `pg_dump (PostgreSQL) 15.18 (Debian …)`.
async fn version(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").stdin(Stdio::null()).output().await.ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    let number = said.split_once("(PostgreSQL) ")?.1;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// In the environment, where other users of the machine do not see the password.
fn environment(
    login: &PgConnectOptions,
    url: Option<&SecretString>,
) -> Result<Vec<(&'static str, OsString)>> {
    let host = match login.get_socket() {
        Some(socket) => socket.clone().into_os_string(),
        None => login.get_host().into(),
    };
    let mut environment = vec![
        ("PGHOST", host),
        ("PGPORT", login.get_port().to_string().into()),
        ("PGUSER", login.get_username().into()),
        ("PGDATABASE", login.get_database().unwrap_or(login.get_username()).into()),
        ("PGSSLMODE", ssl_mode(login.get_ssl_mode()).into()),
    ];
    let Some(url) = url else { return Ok(environment) };
    let url =
        url::Url::parse(url.expose_secret()).context("the database's address is no address")?;
    let mut password = url.password().map(decoded);
    for (name, value) in url.query_pairs() {
        match &*name {
            "password" => password = Some(value.into_owned()),
            "sslrootcert" | "ssl-root-cert" | "ssl-ca" => {
                environment.push(("PGSSLROOTCERT", value.into_owned().into()));
            }
            _ => {}
        }
    }
    environment.extend(password.map(|password| ("PGPASSWORD", password.into())));
    Ok(environment)
}

/// Percent signs taken away as in a form, whose plus signs are spaces: so those are kept from it.
fn decoded(text: &str) -> String {
    let query = format!("p={}", text.replace('+', "%2B").replace('&', "%26"));
    url::form_urlencoded::parse(query.as_bytes()).map(|(_, value)| value.into_owned()).collect()
}

fn ssl_mode(mode: PgSslMode) -> &'static str {
    match mode {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_reaches_the_programs_as_it_is_meant() {
        let url = SecretString::from("postgres://ada:a%40b+c%26d@db.example.com/candor");
        let login: PgConnectOptions = url.expose_secret().parse().unwrap();

        let environment = environment(&login, Some(&url)).unwrap();

        assert!(environment.contains(&("PGPASSWORD", "a@b+c&d".into())), "{environment:?}");
        assert!(environment.contains(&("PGHOST", "db.example.com".into())));
    }
}
