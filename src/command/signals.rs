use anyhow::Context;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// What shells report for a program ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

/// A token that the first SIGINT or SIGTERM cancels. The second ends the process on the spot; the
/// kernel then tells the private PostgreSQL, which loses nothing.
///
/// # Errors
/// Where the operating system gives no handler.
pub(super) fn stop_token() -> anyhow::Result<CancellationToken> {
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        let mut next = async || {
            tokio::select! {
                _ = interrupt.recv() => "SIGINT",
                _ = terminate.recv() => "SIGTERM",
            }
        };
        let name = next().await;
        tracing::info!("{name}: stopping; once more to stop without waiting");
        told.cancel();
        next().await;
        tracing::warn!("stopping without waiting");
        std::process::exit(INTERRUPTED);
    });
    Ok(stop)
}
