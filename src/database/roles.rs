//! The two roles: `candor_owner` owns the schema, `candor_app` works in it.
//!
//! Roles belong to the whole PostgreSQL server, not to one database, so two communities on one
//! server share them and may make them at the same time. Whatever an operator has already done by
//! hand is left as it is; only what is missing is made.

use anyhow::{Context, Result, bail};
use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection, Row};
use std::time::Duration;

/// Owns every table; migrations run as this role.
pub const OWNER: &str = "candor_owner";
/// Runs the server; may do what migrations grant it and cannot change the schema.
pub const APP: &str = "candor_app";

/// How often another server making the same roles at the same time is given way to.
const ATTEMPTS: u32 = 20;

/// What the database says about the roles, seen from one login.
#[derive(Clone, Debug)]
pub struct Standing {
    login: String,
    app_login: String,
    database: String,
    owner_exists: bool,
    app_exists: bool,
    /// The login may act as `candor_owner`.
    pub may_own: bool,
    /// The server's login may act as `candor_app`.
    pub may_serve: bool,
    may_create_tables: bool,
    may_create_extensions: bool,
}

/// Makes what is missing, so that `login` may act as `candor_owner` and the user named `app_login`
/// as `candor_app`.
///
/// # Errors
/// When the login may not do so: the message holds the SQL an administrator must run.
pub async fn prepare(login: &PgConnectOptions, app_login: &str) -> Result<()> {
    let mut connection = login.connect().await.context("cannot connect to prepare the roles")?;
    for _ in 0..ATTEMPTS {
        let missing = standing(&mut connection, app_login).await?.missing();
        if missing.is_empty() {
            return Ok(());
        }
        if let Err(error) = run(&mut connection, &missing).await {
            if !is_a_race(&error) {
                return Err(error).with_context(|| ask_an_administrator(&missing));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    // A grant by someone who may not grant is only a warning to PostgreSQL.
    let missing = standing(&mut connection, app_login).await?.missing();
    if !missing.is_empty() {
        bail!(ask_an_administrator(&missing));
    }
    Ok(())
}

/// How things stand, changing nothing.
///
/// # Errors
/// When the database does not answer, or knows no user `app_login`.
pub async fn standing(connection: &mut PgConnection, app_login: &str) -> Result<Standing> {
    // From version 16 on the maker of a role is its member without being allowed to become it.
    #[expect(clippy::disallowed_methods, reason = "runs before there is a schema to check queries against")]
    let query = sqlx::query(
        "
        with become as (
          select case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end as how
        )
        select
          current_user::text       as login,
          current_database()::text as database,
          to_regrole('candor_owner') is not null as owner_exists,
          to_regrole('candor_app') is not null   as app_exists,
          coalesce(pg_has_role(current_user, to_regrole('candor_owner'), how), false) as may_own,
          coalesce(pg_has_role($1::text::name, to_regrole('candor_app'), how), false) as may_serve,
          coalesce(has_schema_privilege(to_regrole('candor_owner'), 'public', 'create'), false) as may_create_tables,
          coalesce(has_database_privilege(to_regrole('candor_owner'), current_database(), 'create'), false)
            as may_create_extensions
        from become",
    );
    let row: PgRow = query
        .bind(app_login)
        .fetch_one(connection)
        .await
        .context("cannot look at the roles of the database")?;
    Ok(Standing {
        login: row.try_get("login")?,
        app_login: app_login.to_owned(),
        database: row.try_get("database")?,
        owner_exists: row.try_get("owner_exists")?,
        app_exists: row.try_get("app_exists")?,
        may_own: row.try_get("may_own")?,
        may_serve: row.try_get("may_serve")?,
        may_create_tables: row.try_get("may_create_tables")?,
        may_create_extensions: row.try_get("may_create_extensions")?,
    })
}

impl Standing {
    /// The statements that remain to be run, in order.
    fn missing(&self) -> Vec<String> {
        let (login, app_login) = (quoted(&self.login), quoted(&self.app_login));
        let database = quoted(&self.database);
        [
            (self.owner_exists, format!("create role {OWNER}")),
            (self.app_exists, format!("create role {APP}")),
            (self.may_own, format!("grant {OWNER} to {login}")),
            (self.may_serve, format!("grant {APP} to {app_login}")),
            (self.may_create_tables, format!("grant usage, create on schema public to {OWNER}")),
            (self.may_create_extensions, format!("grant create on database {database} to {OWNER}")),
        ]
        .into_iter()
        .filter(|(there, _)| !there)
        .map(|(_, statement)| statement)
        .collect()
    }
}

async fn run(connection: &mut PgConnection, statements: &[String]) -> sqlx::Result<()> {
    for statement in statements {
        // Made of constants and quoted names.
        sqlx::raw_sql(AssertSqlSafe(statement.as_str())).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Someone else made the same role or membership a moment earlier.
fn is_a_race(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| {
        // duplicate_object, unique_violation, and "tuple concurrently updated", an internal error.
        matches!(error.code().as_deref(), Some("42710" | "23505" | "XX000"))
    })
}

fn ask_an_administrator(statements: &[String]) -> String {
    format!(
        "the login of the database address may not prepare the roles {OWNER} and {APP}.\n\
         Ask an administrator to run this in the community's database, then start again:\n\n  {};\n",
        statements.join(";\n  ")
    )
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_asked_for() {
        let standing = Standing {
            login: "o\"brien".into(),
            app_login: "web".into(),
            database: "community".into(),
            owner_exists: true,
            app_exists: true,
            may_own: false,
            may_serve: true,
            may_create_tables: true,
            may_create_extensions: true,
        };

        assert_eq!(standing.missing(), [r#"grant candor_owner to "o""brien""#]);
    }
}
