//! Runs what is due.

use super::{Outcome, Table, relay, store};
use crate::{
    app::App,
    kit::{EventId, without_addresses},
    outbox,
};
use anyhow::{Context, anyhow};
use futures_util::FutureExt;
use sqlx::{Connection, PgConnection};
use std::{panic::AssertUnwindSafe, time::Duration};
use tokio_util::sync::CancellationToken;

/// After so many failures a job is kept for the administrator: 2¹² minutes, almost three days.
pub const MOST_FAILURES: i32 = 12;

/// A job that takes longer is stopped and counts as failed.
const LONGEST: Duration = Duration::from_secs(60);

/// How long an idle worker sleeps; also how late the inbox may be.
const NAP: Duration = Duration::from_millis(200);

/// Works until `stop`, one job at a time; start several for more.
pub async fn work(app: App, table: &'static Table, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let busy = match turn(&app, table).await {
            Ok(busy) => busy,
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "the worker could not look for work");
                false
            }
        };
        if !busy {
            tokio::select! {
                () = tokio::time::sleep(NAP) => {}
                () = stop.cancelled() => {}
            }
        }
    }
}

async fn turn(app: &App, table: &Table) -> anyhow::Result<bool> {
    let relayed = relay::relay(app, table).await?;
    let ran = run_next(app, table).await?;
    Ok(relayed > 0 || ran)
}

/// Runs the next job that is due; false where none is.
///
/// # Errors
/// Those of the database. A job that fails is no error here: it is put off.
pub async fn run_next(app: &App, table: &Table) -> anyhow::Result<bool> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let Some(job) = store::claim(&mut tx, now).await? else { return Ok(false) };

    let mut work = tx.begin().await?;
    let outcome = run(app, table, &mut work, &job).await;
    match outcome {
        Ok(()) => {
            work.commit().await?;
            store::done(&mut tx, job.id).await?;
        }
        Err(error) => {
            work.rollback().await?;
            let failures = job.failures + 1;
            let gave_up_at = (failures >= MOST_FAILURES).then_some(now);
            let error = without_addresses(&format!("{error:#}"));
            tracing::error!(job.name = job.name, job.failures = failures, error, "a job failed");
            let wait = time::Duration::minutes(1 << failures.min(MOST_FAILURES));
            store::failed(&mut tx, job.id, &error, now + wait, gave_up_at).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

async fn run(
    app: &App,
    table: &Table,
    db: &mut PgConnection,
    job: &store::Job,
) -> anyhow::Result<()> {
    let caught = AssertUnwindSafe(begin(app, table, db, job)).catch_unwind();
    match tokio::time::timeout(LONGEST, caught).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(anyhow!("the job panicked")),
        Err(_) => Err(anyhow!("the job took longer than {} s", LONGEST.as_secs())),
    }
}

fn begin<'a>(
    app: &'a App,
    table: &'a Table,
    db: &'a mut PgConnection,
    job: &'a store::Job,
) -> Outcome<'a> {
    if let Some(kind) = table.kinds.iter().copied().flatten().find(|kind| kind.name == job.name) {
        return (kind.run)(app, db, job.payload.clone());
    }
    let listener = table.listeners.iter().find(|listener| listener.name == job.name);
    Box::pin(async move {
        let listener = listener.with_context(|| format!("no job is called {}", job.name))?;
        let event: EventId = serde_json::from_value(job.payload.clone())?;
        let heard = outbox::heard(db, event).await?;
        (listener.run)(app, db, heard).await
    })
}
