//! Questions about a whole database. Names of tables cannot be parameters, so these are not checked
//! at compile time; the names come from PostgreSQL, quoted by it.

use sqlx::{AssertSqlSafe, PgConnection, Row};
use std::collections::BTreeMap;

/// Begins a view of the database that stays as it is now; returns the name under which `pg_dump` may
/// share it.
pub(super) async fn snapshot(db: &mut PgConnection) -> sqlx::Result<String> {
    sqlx::query!("set transaction isolation level repeatable read, read only")
        .execute(&mut *db)
        .await?;
    sqlx::query_scalar!(r#"select pg_export_snapshot() as "name!""#).fetch_one(db).await
}

/// Rows of every table.
pub(super) async fn rows(db: &mut PgConnection) -> sqlx::Result<BTreeMap<String, i64>> {
    let tables = sqlx::query!(
        r#"
        select tablename as "name!", quote_ident(tablename) as "quoted!"
        from pg_tables
        where schemaname = 'public'
        order by tablename
        "#,
    )
    .fetch_all(&mut *db)
    .await?;
    let mut rows = BTreeMap::new();
    for table in tables {
        let question = format!("select count(*) from public.{}", table.quoted);
        let count: i64 =
            sqlx::raw_sql(AssertSqlSafe(question)).fetch_one(&mut *db).await?.try_get(0)?;
        rows.insert(table.name, count);
    }
    Ok(rows)
}

/// The newest migration that has run.
pub(super) async fn schema(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::raw_sql("select coalesce(max(version), 0) from _sqlx_migrations")
        .fetch_one(db)
        .await?
        .try_get(0)
}

/// Whether anybody lives here. A database without tables is empty.
pub(super) async fn inhabited(db: &mut PgConnection) -> sqlx::Result<bool> {
    let made: bool = sqlx::raw_sql("select to_regclass('public.members') is not null")
        .fetch_one(&mut *db)
        .await?
        .try_get(0)?;
    if !made {
        return Ok(false);
    }
    sqlx::query_scalar!(r#"select exists (select from members) as "any!""#).fetch_one(db).await
}

/// Other sessions in this database.
pub(super) async fn others(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from pg_stat_activity
        where datname = current_database()
            and pid <> pg_backend_pid()
            and backend_type = 'client backend'
        "#,
    )
    .fetch_one(db)
    .await
}

/// Ends the other sessions in this database, as far as this login may; returns how many.
pub(super) async fn end_others(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) filter (where pg_terminate_backend(pid)) as "count!"
        from pg_stat_activity
        where datname = current_database()
            and pid <> pg_backend_pid()
            and backend_type = 'client backend'
        "#,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn create_database(db: &mut PgConnection, name: &str) -> sqlx::Result<()> {
    // From the empty template: what an administrator has put into the other one would be in the way.
    let statement =
        format!("create database {name} owner candor_owner template template0 encoding 'UTF8'");
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(db).await?;
    Ok(())
}

pub(super) async fn drop_database(db: &mut PgConnection, name: &str) -> sqlx::Result<()> {
    let statement = format!("drop database if exists {name} with (force)");
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(db).await?;
    Ok(())
}

/// Lets nobody take contents out of the store as long as the session lasts.
pub(super) async fn keep_contents(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        r#"select pg_advisory_lock_shared($1)::text as "held""#,
        crate::storage::KEPT_BY_BACKUPS,
    )
    .fetch_one(db)
    .await?;
    Ok(())
}
