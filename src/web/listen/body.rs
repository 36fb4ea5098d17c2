use super::{Pace, patience::Patience};
use axum::{
    body::{Body, Bytes, HttpBody},
    http::{Request, StatusCode, header},
    response::{IntoResponse, Response},
};
use hyper::body::{Frame, Incoming, SizeHint};
use std::{
    error::Error,
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

/// A request body that fails when it arrives more slowly than its [`Pace`].
struct Paced {
    inner: Incoming,
    patience: Patience,
    late: Late,
}

/// Whether the body of a request came too slowly; known to both the body, which the handler owns,
/// and the connection, which answers.
#[derive(Clone, Default)]
pub(super) struct Late(Arc<AtomicBool>);

/// Puts the pace on the body of `request`.
pub(super) fn paced(request: Request<Incoming>, pace: Pace) -> (Request<Body>, Late) {
    let late = Late::default();
    let request = request.map(|inner| match inner.is_end_stream() {
        true => Body::empty(),
        false => Body::new(Paced { inner, patience: Patience::new(pace), late: late.clone() }),
    });
    (request, late)
}

impl Late {
    /// The handler's answer, or 408 if it complains of a body that we have cut off. A handler that
    /// succeeded all the same has done its deed, and its answer stands.
    pub(super) fn or(self, response: Response) -> Response {
        let complains = response.status().is_client_error() || response.status().is_server_error();
        if !complains || !self.0.load(Ordering::Relaxed) {
            return response;
        }
        let close = [(header::CONNECTION, "close")];
        (StatusCode::REQUEST_TIMEOUT, close, "The request came too slowly.\n").into_response()
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match Pin::new(&mut self.inner).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                self.patience.moved(frame.data_ref().map_or(0, Bytes::len));
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(end) => Poll::Ready(end.map(|frame| frame.map_err(Into::into))),
            Poll::Pending => self.patience.poll_exhausted(cx).map(|()| {
                self.late.0.store(true, Ordering::Relaxed);
                Some(Err(io::Error::from(io::ErrorKind::TimedOut).into()))
            }),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
