use axum::response::sse::Event;
use futures_util::{Stream, StreamExt as _, stream};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// An event stream that ends at shutdown, so that the drain need not wait for readers who never
/// leave.
///
/// Its last event tells the browser to come back after a random one to four seconds: the readers of
/// a node that stops must not all knock at the next one in the same instant. A stream that ends by
/// itself ends without the hint.
pub fn until_shutdown<S, E>(
    events: S,
    shutdown: CancellationToken,
) -> impl Stream<Item = Result<Event, E>>
where
    S: Stream<Item = Result<Event, E>>,
{
    let farewell = {
        let shutdown = shutdown.clone();
        stream::once(async move { shutdown.is_cancelled().then(|| Ok(come_back())) })
            .filter_map(std::future::ready)
    };
    events.take_until(shutdown.cancelled_owned()).chain(farewell)
}

fn come_back() -> Event {
    // Without randomness from the system, all at once is still better than not at all.
    let spread = getrandom::u32().unwrap_or(1500) % 3000;
    Event::default().retry(Duration::from_millis(1000 + u64::from(spread)))
}
