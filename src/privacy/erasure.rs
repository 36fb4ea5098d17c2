//! Erasing an account that was closed, when the time to come back is over.

use super::{
    store::{erase, erase_files},
    withdrawal,
};
use crate::{
    app::App,
    jobs,
    kit::MemberId,
    members::{self, closing::ERASE},
    settings::PostsOfLeavers,
};
use sqlx::PgConnection;

/// Posts withdrawn in one go: each is several statements, and holds its thread's row.
const WITHDRAWN_AT_ONCE: i64 = 50;

/// Texts emptied in one go.
const EMPTIED_AT_ONCE: i64 = 500;

/// Job: erases an account, if it is closed and its time is over. Goes on in a job of its own where there is
/// much to do, and does what is left where it is run again.
pub(super) async fn erase(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let member: MemberId = serde_json::from_value(payload)?;
    let now = app.now();
    // The account before what belongs to it, as whoever signs in to it does.
    members::hold(db, member).await?;
    let Some(closed) = erase::due(db, member, now).await? else { return Ok(()) };
    if closed.posts == PostsOfLeavers::Withdraw
        && withdrawal::withdraw(db, member, WITHDRAWN_AT_ONCE, now).await? == WITHDRAWN_AT_ONCE
    {
        return jobs::enqueue(db, ERASE, &member, now).await;
    }
    // Nobody reads what was withdrawn, so nothing speaks for keeping it.
    if erase::empty_withdrawn(db, member, EMPTIED_AT_ONCE).await? == EMPTIED_AT_ONCE {
        return jobs::enqueue(db, ERASE, &member, now).await;
    }
    erase::unlink(db, member, &closed).await?;
    erase::forget_doings(db, member).await?;
    erase::forget_belonging(db, member).await?;
    for part in erase_files::forget_files(db, member, now).await? {
        app.blobs.forget_part(part).await?;
    }
    erase::forget_work(db, member, &closed).await?;
    erase::forget_account(db, member, now).await?;
    tracing::info!("Erased an account that was closed");
    Ok(())
}
