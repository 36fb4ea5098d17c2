use super::{client, shell::Shell};
use axum::{
    body::{Body, Bytes},
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::LengthLimitError;
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::{Arc, OnceLock},
    time::Instant,
};
use tokio::sync::OnceCell;
use tracing::Instrument;
use uuid::Uuid;

use crate::{app::App, route::TEXT_FORM};

/// The request as it came, kept for whoever needs it later: the shell (looked up once) and the page
/// that tells of an error.
#[derive(Clone)]
pub(super) struct Asked(Arc<Inner>);

pub(super) struct Inner {
    pub(super) id: String,
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    /// Where it came from, where that is known.
    pub(super) client: Option<IpAddr>,
    /// The other end of the socket: a proxy, where that is not who asks.
    pub(super) peer: Option<IpAddr>,
    pub(super) shell: OnceCell<Shell>,
    typed: OnceLock<Vec<(String, String)>>,
}

impl std::ops::Deref for Asked {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Asked {
    /// Keeps what was typed into a form that was read by its handler.
    pub(super) fn keep(&self, typed: Vec<(String, String)>) {
        let _ = self.typed.set(typed);
    }

    /// What was typed into the form, to be given back when it could not be taken.
    pub(super) fn typed(&self) -> &[(String, String)] {
        self.typed.get().map_or(&[], Vec::as_slice)
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts
            .extensions
            .get::<Self>()
            .cloned()
            .expect("note_request is laid around every route"))
    }
}

/// Where a request came from, where that is known.
#[derive(Debug, Clone, Copy)]
pub struct Whence(pub Option<IpAddr>);

impl<S: Sync> FromRequestParts<S> for Whence {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let Ok(asked) = Asked::from_request_parts(parts, state).await;
        Ok(Self(asked.client))
    }
}

/// Middleware: gives the request a short id, keeps what errors may need of it, and logs one line.
pub async fn note_request(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = Uuid::new_v4().simple().to_string()[..8].to_owned();
    let asked = Asked(Arc::new(Inner {
        id: id.clone(),
        method: request.method().clone(),
        uri: request.uri().clone(),
        headers: request.headers().clone(),
        client: peer_of(&request)
            .and_then(|peer| client::address(peer, request.headers(), &app.config.trusted_proxies)),
        peer: peer_of(&request),
        shell: OnceCell::new(),
        typed: OnceLock::new(),
    }));
    if is_form(&request) {
        match keep_typed(&asked, request).await {
            Ok(same) => request = same,
            Err(status) => return status.into_response(),
        }
    }
    request.extensions_mut().insert(asked.clone());
    request.extensions_mut().insert(app);

    let span = tracing::info_span!("request", request.id = id);
    let mut response = next.run(request).instrument(span).await;

    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    let path = logged_path(asked.uri.path());
    tracing::info!(
        request.id = id,
        http.method = %asked.method,
        http.path = path,
        http.status = response.status().as_u16(),
        time.millis = began.elapsed().as_millis() as u64,
        "Answered {} {} with {}",
        asked.method,
        path,
        response.status().as_u16(),
    );
    response
}

/// Where a mailed secret follows in the path.
const BEFORE_SECRETS: [&str; 6] =
    ["/confirm/", "/join/", "/reopen/", "/reset-password/", "/sign-up/confirm/", "/unsubscribe/"];

/// A path as it may stand in the log: whoever reads that must not be able to use somebody's link.
pub fn logged_path(path: &str) -> &str {
    let before = BEFORE_SECRETS.iter().find(|before| path.starts_with(*before));
    before.map_or(path, |before| before)
}

fn peer_of(request: &Request) -> Option<IpAddr> {
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    Some(peer.ip())
}

fn is_form(request: &Request) -> bool {
    let form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    request.method() == Method::POST && form
}

/// Longer than any route takes.
static TOO_LONG: [u8; TEXT_FORM + 1] = [0; TEXT_FORM + 1];

/// Reads the form once for the page of an error, and hands the same bytes on. Of a body longer than any
/// route takes no more is read; it is the route that refuses it, as it does what its own limit forbids.
async fn keep_typed(asked: &Asked, request: Request) -> Result<Request, StatusCode> {
    let (parts, body) = request.into_parts();
    let bytes: Bytes = match axum::body::to_bytes(body, TEXT_FORM).await {
        Ok(bytes) => bytes,
        Err(error) => {
            return if error.into_inner().is::<LengthLimitError>() {
                Ok(Request::from_parts(parts, Body::from(TOO_LONG.as_slice())))
            } else {
                Err(StatusCode::REQUEST_TIMEOUT)
            };
        }
    };
    let typed = url::form_urlencoded::parse(&bytes).into_owned().collect();
    let _ = asked.typed.set(typed);
    Ok(Request::from_parts(parts, Body::from(bytes)))
}
