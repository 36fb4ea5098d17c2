//! Erasing an account that was closed, when the time to come back is over.

use super::{
    store::{
        erase::{self, Closed},
        erase_files, rewrite,
    },
    withdrawal,
};
use crate::{
    app::App,
    jobs,
    kit::MemberId,
    members::{self, closing::ERASE},
    settings::PostsOfLeavers,
    words::Language,
};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

/// Posts withdrawn in one go: each is several statements, and holds its thread's row.
const WITHDRAWN_AT_ONCE: i64 = 50;

/// Texts emptied in one go.
const EMPTIED_AT_ONCE: i64 = 500;

/// Texts in one go in which the member is named no more: each is searched, and indexed anew.
const UNNAMED_AT_ONCE: i64 = 100;

/// Job: erases an account, if it is closed and its time is over. Goes on in a job of its own where there is
/// much to do, and does what is left where it is run again.
pub(super) async fn erase(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let member: MemberId = serde_json::from_value(payload)?;
    let now = app.now();
    let Some(closed) = erase::due(db, member, now).await? else { return Ok(()) };
    // Threads and posts before the account, as everybody does who writes or judges.
    let mut step = db.begin().await?;
    let more = rewrite_posts(&mut step, member, &closed, now).await?;
    // The account before what belongs to it, as whoever signs in to it does. Who came back meanwhile keeps all.
    members::hold(&mut step, member).await?;
    if !erase::hold_due(&mut step, member, now).await? {
        return Ok(step.rollback().await?);
    }
    if more {
        jobs::enqueue(&mut step, ERASE, &member, now).await?;
    } else {
        erase::forget_doings(&mut step, member).await?;
        erase::forget_belonging(&mut step, member).await?;
        for part in erase_files::forget_files(&mut step, member, now).await? {
            app.blobs.forget_part(part).await?;
        }
        erase::forget_work(&mut step, member, &closed).await?;
        let name = Language::default().text("former-member");
        erase::forget_account(&mut step, member, &name, now).await?;
        tracing::info!("Erased an account that was closed");
    }
    Ok(step.commit().await?)
}

/// Does a piece of what is to be done to posts; says whether there may be more.
async fn rewrite_posts(
    db: &mut PgConnection,
    member: MemberId,
    closed: &Closed,
    now: OffsetDateTime,
) -> anyhow::Result<bool> {
    // Without their replies, questions may be withdrawn that could not before: until there is none.
    if closed.posts == PostsOfLeavers::Withdraw
        && withdrawal::withdraw(db, member, WITHDRAWN_AT_ONCE, now).await? > 0
    {
        return Ok(true);
    }
    // Nobody reads what was withdrawn, so nothing speaks for keeping it.
    if rewrite::empty_withdrawn(db, member, EMPTIED_AT_ONCE).await? == EMPTIED_AT_ONCE {
        return Ok(true);
    }
    Ok(rewrite::unname(db, member, closed, UNNAMED_AT_ONCE).await? == UNNAMED_AT_ONCE)
}
