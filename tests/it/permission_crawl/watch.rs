//! Sees every row that is written, and takes it back.

use crate::harness::World;
use sqlx::{AssertSqlSafe, PgConnection, Row};

/// Triggers on every table note what was written and committed. What they miss is a write that was
/// rolled back, which is none. When a session was last seen does not count.
const WATCH: &str = r#"
set role none;
create schema watch;
create table watch.touched (name text not null);
create function watch.note() returns trigger language plpgsql security definer as $$
begin
    insert into watch.touched values (tg_table_name);
    return null;
end $$;
do $$
declare
    name text;
    deed text;
begin
    for name in select tablename from pg_tables where schemaname = 'public' loop
        deed := case name when 'sessions' then 'insert or delete' else 'insert or update or delete' end;
        execute format('create table watch.%I as table public.%I', name, name);
        execute format(
            'create trigger watch after %s on public.%I for each row execute function watch.note()',
            deed, name
        );
    end loop;
end $$;
"#;

pub(crate) struct Watch {
    db: PgConnection,
}

impl Watch {
    pub(crate) async fn over(world: &World) -> Self {
        let mut db = world.as_owner().await;
        sqlx::raw_sql(WATCH).execute(&mut db).await.expect("the tables can be watched");
        Self { db }
    }

    /// The tables that were written since this was asked last.
    pub(crate) async fn touched(&mut self) -> Vec<String> {
        let sql = "with noted as (delete from watch.touched returning name)
            select distinct name from noted order by name";
        self.texts(sql).await
    }

    /// The first column of what a query finds, which may compare tables with what they were: `watch.posts`.
    pub(crate) async fn texts(&mut self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        let rows = sqlx::raw_sql(sql).fetch_all(&mut self.db).await.expect("the watch answers");
        rows.into_iter().map(|row| row.get(0)).collect()
    }

    /// Puts tables back as they were when the watch began.
    pub(crate) async fn restore(&mut self, tables: &[String]) {
        if tables.is_empty() {
            return;
        }
        let mut sql = "set session_replication_role = replica;".to_owned();
        for table in tables {
            sql += &format!(
                "delete from {table}; insert into {table} overriding system value table watch.{table};"
            );
        }
        sql += "set session_replication_role = origin;";
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut self.db)
            .await
            .expect("rows can be put back");
    }
}
