//! Deeds that are finished once begun.
//!
//! When a client disconnects, hyper drops the future that answers it. A transaction caught in
//! `begin` by that goes back into the pool open, and the next borrower's acknowledged write is
//! rolled back with it (a quarter of all writes in a test with impatient clients). So a route that
//! changes anything does its work in a task of its own, which nobody can drop.
//!
//! The deed takes its [`Admitted`] along: work whose client has left still counts as work, or
//! impatient clients would pile it up without bound. [`Admission`](super::admission::Admission) is
//! therefore laid outside, where a client that leaves while it waits costs nothing.

use super::admission::Admitted;
use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use futures_util::future::BoxFuture;
use std::{
    panic::resume_unwind,
    task::{Context, Poll},
};
use tokio_util::task::TaskTracker;
use tower::{Layer, Service};
use tracing::Instrument as _;

/// The layer for routes that change something. A panic in the deed goes on in the caller, to be
/// caught by the layer that turns panics into pages; if the client has left, the panic hook alone
/// hears of it. Task-locals do not reach the deed; the current tracing span does.
#[derive(Debug, Clone)]
pub struct Uncancelled {
    deeds: TaskTracker,
}

impl Uncancelled {
    /// Deeds are tracked by `deeds`, for [`listen::serve`](super::listen::serve) to wait for.
    pub fn new(deeds: TaskTracker) -> Self {
        Self { deeds }
    }
}

impl<S> Layer<S> for Uncancelled {
    type Service = Deed<S>;

    fn layer(&self, inner: S) -> Deed<S> {
        Deed { inner, deeds: self.deeds.clone() }
    }
}

/// A service whose answers are made in a task of their own; see [`Uncancelled`].
#[derive(Debug, Clone)]
pub struct Deed<S> {
    inner: S,
    deeds: TaskTracker,
}

impl<S> Service<Request> for Deed<S>
where
    S: Service<Request, Response = Response>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Response, S::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let admitted = request.extensions_mut().remove::<Admitted>();
        let answer = self.inner.call(request).in_current_span();
        let deed = self.deeds.spawn(async move {
            let answer = answer.await;
            drop(admitted);
            answer
        });
        Box::pin(async move {
            match deed.await {
                Ok(answer) => answer,
                Err(broken) => match broken.try_into_panic() {
                    Ok(panic) => resume_unwind(panic),
                    // Only a runtime that is being torn down cancels a task nobody can abort.
                    Err(_) => Ok(StatusCode::SERVICE_UNAVAILABLE.into_response()),
                },
            }
        })
    }
}
