//! What the members of the sample have heard of, and what they have read.

use super::{LOGINS, perform, store};
use crate::{
    app::App,
    jobs::{Table, relay, worker},
    notifications, threads,
};
use anyhow::Result;

/// How many lines of the inbox are left unread, and with them the posts they tell of.
fn unread(handle: &str) -> i64 {
    if handle == "maya" { 4 } else { 2 }
}

/// Threads maya has not caught up with beside those: these places among the liveliest she may see.
const BEHIND: [usize; 3] = [1, 4, 9];

/// Tells everybody of what has just been done, as the worker would have at that time.
///
/// # Errors
/// Those of the database.
pub(super) async fn deliver(app: &App, table: &Table) -> Result<()> {
    while relay::relay(app, table).await? > 0 {}
    while worker::run_next(app, table).await? {}
    Ok(())
}

/// Leaves those who sign in with most things read and a few not.
///
/// # Errors
/// Those of the database.
pub(super) async fn read(app: &App) -> Result<()> {
    for login in LOGINS {
        let member = perform::member(app, login.handle).await?;
        let mut db = app.db.acquire().await?;
        let unseen = store::newest_notices(&mut db, member.id, unread(login.handle)).await?;
        let newest_seen = store::notice_before(&mut db, member.id, &unseen).await?;
        let seen = store::seen_by(&mut db, member.id).await?;
        drop(db);
        if let Some(newest) = newest_seen {
            notifications::read_all(app, &member, newest, &[]).await?;
        }
        let mut tx = app.db.begin().await?;
        for (place, (thread, last)) in seen.into_iter().enumerate() {
            let told = unseen.iter().filter(|line| line.thread == Some(thread));
            let first_unread = told.filter_map(|line| line.position).min();
            let position = match first_unread {
                Some(position) => position - 1,
                None if login.handle == "maya" && BEHIND.contains(&place) => last - 2,
                None => last,
            };
            threads::mark_read(&mut tx, member.id, thread, position.max(1), app.now()).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}
