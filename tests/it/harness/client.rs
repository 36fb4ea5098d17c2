use super::answer::Answer;
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header},
};
use axum_extra::extract::cookie::Cookie;
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tower::ServiceExt;
use url::form_urlencoded;

/// A browser that speaks to the real router, in this process. It keeps cookies, says of every request
/// where it comes from, and follows nothing by itself. Clones are the same browser.
#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    address: String,
    jar: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Client {
    pub(super) fn new(router: Router, address: String) -> Self {
        Self { router, address, jar: Arc::default() }
    }

    /// The page at `address`, which is a path or a whole address of the community.
    pub(crate) async fn get(&self, address: &str) -> Answer {
        self.ask(Method::GET, address).send().await
    }

    /// Sends fields that no page has drawn; where one has, [`Answer::form`] tests more.
    pub(crate) async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask(Method::POST, address).fields(fields).send().await
    }

    /// Any other request, built step by step.
    pub(crate) fn ask(&self, method: Method, address: &str) -> Ask {
        let path = address.strip_prefix(&self.address).unwrap_or(address);
        assert!(path.starts_with('/'), "{address} is not in {}", self.address);
        let path = path.split('#').next().unwrap_or_default().to_owned();
        let mut ask =
            Ask { client: self.clone(), method, path, headers: HeaderMap::new(), body: Vec::new() };
        let host = self.address.split("://").nth(1).unwrap_or_default().to_owned();
        ask.set(header::HOST, &host);
        ask.set(header::ACCEPT, "text/html");
        ask.set(HeaderName::from_static("sec-fetch-site"), "same-origin");
        if !ask.method.is_safe() {
            ask.set(header::ORIGIN, &self.address);
        }
        ask
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.jar.lock().unwrap().get(name).cloned()
    }

    /// Puts a cookie into the jar, as an attacker or another tab could.
    pub(crate) fn keep(&self, cookie: Cookie<'_>) {
        let mut jar = self.jar.lock().unwrap();
        if cookie.max_age().is_some_and(time::Duration::is_zero) {
            jar.remove(cookie.name());
        } else {
            jar.insert(cookie.name().to_owned(), cookie.value().to_owned());
        }
    }

    /// From now on with the cookies of another, as after a theft or at another server.
    pub(crate) fn take_cookies_of(&self, other: &Self) {
        let jar = other.jar.lock().unwrap().clone();
        *self.jar.lock().unwrap() = jar;
    }

    /// Another browser with the same cookies, whose later changes are its own.
    pub(crate) fn copy(&self) -> Self {
        let jar = self.jar.lock().unwrap().clone();
        Self { jar: Arc::new(Mutex::new(jar)), ..self.clone() }
    }
}

/// A request being made.
pub(crate) struct Ask {
    client: Client,
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Ask {
    /// With a header, in place of the one a browser would send.
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.set(HeaderName::from_static(name), value);
        self
    }

    /// Without a header that a browser would send.
    pub(crate) fn without(mut self, name: &'static str) -> Self {
        self.headers.remove(name);
        self
    }

    /// With the body of a form.
    pub(crate) fn fields<N: AsRef<str>, V: AsRef<str>>(self, fields: &[(N, V)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.body("application/x-www-form-urlencoded", body)
    }

    /// With the body of a form that brings files.
    pub(crate) fn with_files(
        self,
        fields: &[(String, String)],
        files: &[(String, Vec<u8>)],
    ) -> Self {
        const BOUNDARY: &str = "------------------------a-boundary-of-this-test";
        let mut body = Vec::new();
        let mut part = |head: &str, content: &[u8]| {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        };
        for (name, value) in fields {
            part(&format!("name=\"{name}\""), value.as_bytes());
        }
        for (name, content) in files {
            let kind = "\r\nContent-Type: application/octet-stream";
            part(&format!("name=\"files\"; filename=\"{name}\"{kind}"), content);
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.body(&format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }

    /// How long its body is.
    pub(crate) fn length(&self) -> usize {
        self.body.len()
    }

    /// With the beginning of its body alone.
    pub(crate) fn cut(&mut self, length: usize) {
        self.body.truncate(length);
    }

    /// With any body.
    pub(crate) fn body(mut self, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.set(header::CONTENT_TYPE, kind);
        self
    }

    /// Sends it and reads the whole answer.
    pub(crate) async fn send(self) -> Answer {
        let (client, path) = (self.client.clone(), self.path.clone());
        Answer::read(client, path, self.stream().await).await
    }

    /// Sends it and leaves the body of the answer to be read piece by piece.
    pub(crate) async fn stream(mut self) -> Response<Body> {
        let cookies =
            self.client.jar.lock().unwrap().iter().fold(String::new(), |all, (name, value)| {
                let between = if all.is_empty() { "" } else { "; " };
                format!("{all}{between}{name}={value}")
            });
        if !cookies.is_empty() {
            self.set(header::COOKIE, &cookies);
        }
        let mut request = Request::new(Body::from(self.body));
        *request.method_mut() = self.method;
        *request.uri_mut() = self.path.parse().expect("an address");
        *request.headers_mut() = self.headers;
        let peer = SocketAddr::from(([192, 0, 2, 7], 50_000));
        request.extensions_mut().insert(ConnectInfo(peer));
        let Ok(response) = self.client.router.clone().oneshot(request).await;
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("cookies are ASCII");
            self.client.keep(Cookie::parse(cookie).expect("a cookie"));
        }
        response
    }

    fn set(&mut self, name: HeaderName, value: &str) {
        self.headers.insert(name, HeaderValue::from_str(value).expect("a header"));
    }
}
