//! Who is let in to do work, and who is sent away at once, when there is more than can be done.
//!
//! A server without this answers everybody late, and so nobody: clients give up, and what was done
//! for them is thrown away. Each [`Class`] of requests has so many places and a short queue; whoever
//! finds both full is told so within milliseconds. Sign-in keeps its places when pages are flooded,
//! and the other way round. Routes without the layer (health checks, event streams) are never sent
//! away.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::future::BoxFuture;
use std::{
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout},
};
use tower::{Layer, Service};

/// What kind of work a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Pages and lists.
    Read,
    /// Whatever changes something.
    Write,
    /// Files on their way in, which may take a while over a slow line.
    Upload,
    /// Password hashing: sign-in, sign-up, a new password. A place costs tens of megabytes.
    Hash,
    /// Whatever waits for another server: a slow one must not take the places of passwords.
    Outside,
}

/// How much of one class is done at a time, and how long the next ones wait.
#[derive(Debug, Clone, Copy)]
pub struct Capacity {
    /// Requests worked on at one time.
    pub places: usize,
    /// Requests that may wait for a place.
    pub queue: usize,
    /// The longest wait in a burst.
    pub patience: Duration,
    /// The longest wait once places have been taken for as long as `patience` without a break. A
    /// queue that never empties only makes everybody late, so it is kept short (as in `CoDel`).
    pub standing_patience: Duration,
}

/// The places of one node, by class.
#[derive(Debug, Clone)]
pub struct Admission {
    read: Arc<Queue>,
    write: Arc<Queue>,
    upload: Arc<Queue>,
    hash: Arc<Queue>,
    outside: Arc<Queue>,
}

impl Default for Admission {
    fn default() -> Self {
        let brief = |places, queue| Capacity {
            places,
            queue,
            patience: Duration::from_millis(250),
            standing_patience: Duration::from_millis(10),
        };
        // People wait for a sign-in, and a hash takes so long that no shorter queue could be served.
        let patience = Duration::from_secs(2);
        let hash = Capacity { patience, standing_patience: patience, ..brief(4, 16) };
        Self::new(brief(64, 64), brief(16, 32), hash, brief(64, 64))
    }
}

impl Admission {
    /// Places as given, for each class its own; uploads have as many as changes.
    pub fn new(read: Capacity, write: Capacity, hash: Capacity, outside: Capacity) -> Self {
        let queue = |capacity| Arc::new(Queue::new(capacity));
        let (hash, outside) = (queue(hash), queue(outside));
        Self { read: queue(read), write: queue(write), upload: queue(write), hash, outside }
    }

    /// The layer that lets requests of `class` in. Lay it outside
    /// [`Uncancelled`](super::uncancelled::Uncancelled), and inside whatever draws a page for an
    /// answer marked [`Overloaded`].
    pub fn layer(&self, class: Class) -> AdmissionLayer {
        let queue = match class {
            Class::Read => &self.read,
            Class::Write => &self.write,
            Class::Upload => &self.upload,
            Class::Hash => &self.hash,
            Class::Outside => &self.outside,
        };
        AdmissionLayer { class, queue: queue.clone() }
    }
}

/// Marks an answer, in its extensions, as a refusal for want of places: 503 with `Retry-After` and a
/// short text, for which an outer middleware may put a page.
#[derive(Debug, Clone, Copy)]
pub struct Overloaded {
    /// The class that had no place.
    pub class: Class,
}

impl IntoResponse for Overloaded {
    fn into_response(self) -> Response {
        let text = "There is more to do than we can do at once. Please try again in a moment.\n";
        let mut response = (StatusCode::SERVICE_UNAVAILABLE, text).into_response();
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response.extensions_mut().insert(self);
        response
    }
}

/// A place, in the extensions of a request that was let in. It is free again when all its clones are
/// dropped: work that outlives its request holds one.
#[derive(Debug, Clone)]
pub struct Admitted {
    _place: Arc<OwnedSemaphorePermit>,
}

#[derive(Debug)]
struct Queue {
    capacity: Capacity,
    places: Arc<Semaphore>,
    waiting: Semaphore,
    /// When somebody last found a place without waiting.
    relaxed: Mutex<Instant>,
}

impl Queue {
    fn new(capacity: Capacity) -> Self {
        Self {
            capacity,
            places: Arc::new(Semaphore::new(capacity.places)),
            waiting: Semaphore::new(capacity.queue),
            relaxed: Mutex::new(Instant::now()),
        }
    }

    /// A place, or nothing when there is none soon enough.
    async fn admit(&self) -> Option<Admitted> {
        let place = match self.places.clone().try_acquire_owned() {
            Ok(place) => {
                *self.relaxed.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
                place
            }
            Err(_) => {
                let _turn = self.waiting.try_acquire().ok()?;
                timeout(self.patience(), self.places.clone().acquire_owned()).await.ok()?.ok()?
            }
        };
        Some(Admitted { _place: Arc::new(place) })
    }

    fn patience(&self) -> Duration {
        let relaxed = *self.relaxed.lock().unwrap_or_else(PoisonError::into_inner);
        match relaxed.elapsed() > self.capacity.patience {
            true => self.capacity.standing_patience,
            false => self.capacity.patience,
        }
    }
}

/// See [`Admission::layer`].
#[derive(Debug, Clone)]
pub struct AdmissionLayer {
    class: Class,
    queue: Arc<Queue>,
}

impl<S> Layer<S> for AdmissionLayer {
    type Service = Admitting<S>;

    fn layer(&self, inner: S) -> Admitting<S> {
        Admitting { inner, class: self.class, queue: self.queue.clone() }
    }
}

/// A service that works only for those it has let in; see [`Admission`].
#[derive(Debug, Clone)]
pub struct Admitting<S> {
    inner: S,
    class: Class,
    queue: Arc<Queue>,
}

impl<S> Service<Request> for Admitting<S>
where
    S: Service<Request, Response = Response> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Response, S::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        // The clone has not been asked whether it is ready; the one that has been does the work.
        let clone = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, clone);
        let (class, queue) = (self.class, self.queue.clone());
        Box::pin(async move {
            let Some(admitted) = queue.admit().await else {
                return Ok(Overloaded { class }.into_response());
            };
            request.extensions_mut().insert(admitted.clone());
            let answer = inner.call(request).await;
            drop(admitted);
            answer
        })
    }
}
