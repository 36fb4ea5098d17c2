//! What every session of ours has set from its first statement on.

use super::roles;
use sqlx::{PgConnection, postgres::PgConnectOptions};

/// Prepared statements that a connection keeps: all of ours, so that none is planned twice.
const STATEMENTS: usize = 500;

/// The same address, as the server's role and with the server's limits.
///
/// They travel in the startup message, so a new connection costs no extra round trip, and
/// `reset role` or `discard all` lead back to the role rather than to the login.
pub fn as_app(options: PgConnectOptions) -> PgConnectOptions {
    let options = options.statement_cache_capacity(STATEMENTS);
    options.application_name("candor").options([
        ("role", roles::APP),
        ("statement_timeout", "15s"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "30s"),
        // What pages ask for is in memory or on flash, where any page costs what the next one does. By
        // PostgreSQL's own figure, which is that of a spinning disk, the twenty authors of a page are
        // found by reading all members.
        ("random_page_cost", "1.1"),
        // A page's statements take longer to plan than to carry out, so each connection plans each once,
        // for any values. That such plans are bounded as well is what `tests/it/plans.rs` looks at.
        ("plan_cache_mode", "force_generic_plan"),
    ])
}

/// The same address, as the role that owns the schema.
///
/// A statement may take its time (an index over all posts), but waits for a lock only shortly,
/// because every page that needs the table queues up behind the waiting migration.
pub fn as_owner(options: PgConnectOptions) -> PgConnectOptions {
    options.application_name("candor migrate").options([
        ("role", roles::OWNER),
        ("statement_timeout", "0"),
        ("lock_timeout", "2s"),
        ("idle_in_transaction_session_timeout", "0"),
    ])
}

/// Asks PostgreSQL whether a transaction is open on this connection.
///
/// # Errors
/// When the connection is broken, or its transaction has already failed.
pub(super) async fn in_transaction(connection: &mut PgConnection) -> sqlx::Result<bool> {
    use sqlx::Row;
    // `raw_sql` because it speaks the simple protocol. In the extended one a statement's time is
    // read again at each message, so the two would differ outside a transaction as well.
    let row = sqlx::raw_sql("select transaction_timestamp() <> statement_timestamp()")
        .fetch_one(connection)
        .await?;
    row.try_get(0)
}

/// Whether this error says that the connection is gone, rather than that a statement was wrong.
pub(super) fn lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) => true,
        // 57P01–57P05: the administrator, a crash, a restart; class 08: connection exceptions.
        sqlx::Error::Database(error) => {
            error.code().is_some_and(|code| code.starts_with("57P") || code.starts_with("08"))
        }
        _ => false,
    }
}

/// Whether this error says that the database cannot do it now, and that trying again may help: it is
/// gone or going, has no room, or others held what was needed for too long.
pub fn passes(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
        // Too many connections; out of some other resource; a deadlock or a conflict of two
        // transactions; a lock not given in time; a statement over its time.
        sqlx::Error::Database(database) => {
            let code = database.code();
            let code = code.as_deref().unwrap_or_default();
            lost(error)
                || code.starts_with("53")
                || code.starts_with("40")
                || matches!(code, "55P03" | "57014")
        }
        _ => lost(error),
    }
}
