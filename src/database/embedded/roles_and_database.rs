//! What a new cluster needs before the first migration.

use super::DATABASE;
use crate::database::roles;
use anyhow::{Context, Result};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row};

/// Makes the two roles and the database, whichever is missing.
///
/// # Errors
/// When the cluster does not do as its superuser says.
pub(super) async fn ensure(superuser: &PgConnectOptions) -> Result<()> {
    let mut connection =
        superuser.connect().await.context("cannot connect to the private PostgreSQL")?;
    for role in [roles::OWNER, roles::APP] {
        if !there(&mut connection, "pg_roles", "rolname", role).await? {
            // They may log in because `peer` has already said who is calling: the server then holds
            // no session that could turn back into the superuser.
            run(&mut connection, format!("create role {role} login")).await?;
        }
    }
    if !there(&mut connection, "pg_database", "datname", DATABASE).await? {
        run(&mut connection, format!("create database {DATABASE} owner {}", roles::OWNER)).await?;
    }
    connection.close().await?;
    Ok(())
}

async fn there(
    connection: &mut PgConnection,
    catalog: &str,
    column: &str,
    name: &str,
) -> Result<bool> {
    let question = format!("select exists (select from {catalog} where {column} = '{name}')");
    Ok(sqlx::raw_sql(AssertSqlSafe(question)).fetch_one(connection).await?.try_get(0)?)
}

async fn run(connection: &mut PgConnection, statement: String) -> Result<()> {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await?;
    Ok(())
}
