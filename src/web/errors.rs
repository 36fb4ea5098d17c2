//! How an error becomes a page. [`Error`] says what happened; the page is drawn by the outermost
//! layer, with the viewer's own shell around it and whatever was typed given back.

use super::{admission::Overloaded, asked::Asked, page, session::ENROLMENT, shell::Shell};
use crate::{
    app::App,
    database,
    error::Error,
    kit::{Message, without_addresses},
    words::Language,
};
use askama::Template;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// An error on its way out, in the extensions of an unfinished response.
#[derive(Clone)]
struct Undrawn(Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = status(&self).into_response();
        response.extensions_mut().insert(Undrawn(Arc::new(self)));
        response
    }
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::SignInFirst => StatusCode::UNAUTHORIZED,
        Error::Refused(_) | Error::SecondFactorFirst | Error::ConsentFirst => StatusCode::FORBIDDEN,
        Error::BadRequest(_) => StatusCode::BAD_REQUEST,
        Error::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
        Error::TooFast { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Error::Database(error) if database::passes(error) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Database(_) | Error::Template(_) | Error::Internal(_) => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

/// The page that says what went wrong.
#[derive(Template)]
#[template(path = "layout/error.html")]
struct ShowError {
    shell: Shell,
    status: u16,
    drawing: &'static str,
    title: String,
    words: String,
    request: Option<String>,
    /// What was typed, to send again or to copy.
    typed: Vec<(String, String)>,
    again: String,
    /// What must be done before it can be tried again, in a tab of its own: address and words.
    first: Option<(&'static str, &'static str)>,
}

/// The same where the shell cannot be had, or where there is no time for one.
#[derive(Template)]
#[template(path = "layout/bare.html")]
struct ShowBare {
    language: Language,
    drawing: &'static str,
    title: String,
    words: String,
    request: Option<String>,
    typed: Vec<(String, String)>,
    again: String,
}

impl ShowError {
    fn typed_title(&self) -> String {
        self.shell.t("error-typed-title")
    }

    fn again_button(&self) -> String {
        self.shell.t("error-again-button")
    }
}

impl ShowBare {
    fn typed_title(&self) -> String {
        self.language.text("error-typed-title")
    }

    fn again_button(&self) -> String {
        self.language.text("error-again-button")
    }

    fn request_words(&self, id: &str) -> String {
        self.language.text_with("error-request", &[("id", id.into())])
    }
}

/// Middleware: draws errors as pages.
pub async fn draw_errors(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(asked) = request.extensions().get::<Asked>().cloned() else {
        return next.run(request).await;
    };
    let response = next.run(request).await;
    match error_in(&response) {
        Some(error) => draw(&app, &asked, &error).await,
        None => response,
    }
}

fn error_in(response: &Response) -> Option<Arc<Error>> {
    if let Some(Undrawn(error)) = response.extensions().get() {
        return Some(error.clone());
    }
    if response.extensions().get::<Overloaded>().is_some() {
        return Some(Arc::new(Error::Busy));
    }
    let plain = !response.headers().contains_key(header::CONTENT_TYPE)
        || response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    match response.status() {
        StatusCode::NOT_FOUND if plain => Some(Arc::new(Error::NotFound)),
        StatusCode::INTERNAL_SERVER_ERROR if plain => {
            Some(Arc::new(Error::Internal(anyhow::anyhow!("a handler panicked"))))
        }
        _ => None,
    }
}

async fn draw(app: &App, asked: &Asked, error: &Error) -> Response {
    let status = status(error);
    if status.is_server_error() && !matches!(error, Error::Busy) {
        tracing::error!(
            request.id = asked.id,
            error = without_addresses(&format!("{error:?}")),
            "A request failed"
        );
    }
    if let Some(there) = first_of_all(asked, error) {
        return super::see_other(&there);
    }
    // Who is sent away for want of places must not cost the database another query.
    let shell = match error {
        Error::Busy => None,
        _ => Shell::of(app, asked).await.ok(),
    };
    let mut response = match shell {
        Some(shell) => page::draw(status, &whole(shell, asked, error, status)),
        None => page::draw(status, &bare(asked, error, status)),
    };
    let wait = match error {
        Error::TooFast { wait } => Some(whole_seconds(*wait)),
        _ => (status == StatusCode::SERVICE_UNAVAILABLE).then_some(2),
    };
    if let Some(wait) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    response
}

/// Where somebody goes who must do something else before they see a page. A script that wants a piece of one
/// is told the truth: it would take the other page for the piece.
fn first_of_all(asked: &Asked, error: &Error) -> Option<String> {
    let first = match error {
        Error::SecondFactorFirst => ENROLMENT,
        Error::SignInFirst => "/sign-in",
        Error::ConsentFirst => "/consent",
        _ => return None,
    };
    let mode = asked.headers.get("sec-fetch-mode");
    if !asked.method.is_safe() || mode.is_some_and(|mode| mode != "navigate") {
        return None;
    }
    if first == ENROLMENT {
        return Some(first.to_owned());
    }
    let back = url::form_urlencoded::byte_serialize(path_of(asked).as_bytes()).collect::<String>();
    Some(format!("{first}?back={back}"))
}

fn whole(shell: Shell, asked: &Asked, error: &Error, status: StatusCode) -> ShowError {
    let (title, words, drawing) = text_of(error);
    ShowError {
        status: status.as_u16(),
        drawing,
        title: shell.say(&title),
        words: shell.say(&words),
        request: number(asked, error, status),
        typed: typed(asked),
        again: path_of(asked),
        first: match error {
            Error::SignInFirst => Some(("/sign-in", "error-sign-in-button")),
            Error::ConsentFirst => Some(("/consent", "error-consent-button")),
            _ => None,
        },
        shell,
    }
}

fn bare(asked: &Asked, error: &Error, status: StatusCode) -> ShowBare {
    let language = Language::default();
    let (title, words, drawing) = text_of(error);
    ShowBare {
        language,
        drawing,
        title: language.say(&title),
        words: language.say(&words),
        request: number(asked, error, status),
        typed: typed(asked),
        again: path_of(asked),
    }
}

/// What the operator finds the failure by in the log, where there is something to find.
fn number(asked: &Asked, error: &Error, status: StatusCode) -> Option<String> {
    (status.is_server_error() && !matches!(error, Error::Busy)).then(|| asked.id.clone())
}

/// Rounded up, so that whoever waits that long is not early.
fn whole_seconds(wait: time::Duration) -> i64 {
    wait.as_seconds_f64().ceil() as i64
}

/// What proves who somebody is, is typed again.
fn typed(asked: &Asked) -> Vec<(String, String)> {
    let secret = |name: &str| {
        name.contains("password") || matches!(name, "code" | "challenge" | "credential")
    };
    let kept = asked.typed().iter().filter(|(name, _)| !secret(name));
    kept.cloned().collect()
}

fn path_of(asked: &Asked) -> String {
    asked.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}

fn text_of(error: &Error) -> (Message, Message, &'static str) {
    match error {
        Error::NotFound => ("error-not-found-title".into(), "error-not-found".into(), "lost"),
        Error::SignInFirst => ("error-sign-in-title".into(), "error-sign-in".into(), "quiet"),
        Error::SecondFactorFirst => {
            ("error-second-factor-title".into(), "error-second-factor".into(), "quiet")
        }
        Error::ConsentFirst => ("error-consent-title".into(), "error-consent".into(), "quiet"),
        Error::Refused(words) => ("error-refused-title".into(), words.clone(), "quiet"),
        Error::BadRequest(_) => {
            ("error-bad-request-title".into(), "error-bad-request".into(), "lost")
        }
        Error::TooLong => ("error-too-long-title".into(), "error-too-long".into(), "lost"),
        Error::TooFast { wait } => {
            let seconds = whole_seconds(*wait);
            let words = match seconds {
                ..=90 => Message::with("error-too-fast-seconds", "seconds", seconds),
                _ => Message::with("error-too-fast-minutes", "minutes", (seconds + 59) / 60),
            };
            ("error-too-fast-title".into(), words, "quiet")
        }
        Error::Busy => ("error-busy-title".into(), "error-busy".into(), "quiet"),
        Error::Database(_) | Error::Template(_) | Error::Internal(_) => {
            ("error-ours-title".into(), "error-ours".into(), "broken")
        }
    }
}
