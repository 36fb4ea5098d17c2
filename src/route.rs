//! What a route must say of itself. Rooms list [`Route`]s; `router.rs` alone makes a router of
//! them. The permission table and the other tests over all routes are made from the same list.

use crate::app::App;
use axum::{handler::Handler, http::Method, routing::MethodRouter};
use serde::Serialize;

/// Who may use a route. The handler's own arguments enforce it; the permission crawl proves that
/// the two agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Anybody; shows the same to all.
    Everybody,
    /// Anybody who may see the board it is about; the door decides.
    WhoMaySee,
    /// Members.
    Members,
    /// Members whom the door lets do it: authors, or by the level they have on the board.
    WhoMayDo,
    /// Moderators, by the board.
    Moderators,
    /// Those who run the community; to everybody else it does not exist.
    Administrators,
}

/// How often one may knock; the classes that admission limits and rate limits work with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rate {
    /// Pages.
    Read,
    /// Searches, which cost more than other pages.
    Search,
    /// Changes.
    Write,
    /// Texts that others will read.
    Post,
    /// Whatever sends a mail to whom the form names.
    Mail,
    /// Password hashing.
    Hash,
    /// Whatever asks another server and waits for its answer.
    Outside,
    /// Files, and pieces of them.
    Upload,
    /// Guesses at a secret that belongs to nobody's account.
    Guess,
    /// Streams, which stay open.
    Stream,
    /// Health checks, never held back.
    Health,
}

/// Who may keep a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cache {
    /// Nobody: `private, no-store`.
    Never,
    /// The viewer's own browser, which asks each time whether it may still show it: `private, no-cache`.
    Asked,
    /// Everybody, for a year: the address holds a hash of what it names.
    Forever,
}

/// One address of the server.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path with its `{parameters}`.
    pub path: &'static str,
    /// Who may use it.
    pub policy: Policy,
    /// Which limits apply.
    pub rate: Rate,
    /// Who may keep the answer.
    pub cache: Cache,
    /// Longest request body, in bytes.
    pub body: usize,
    /// Whether it is finished once begun, though nobody waits for the answer.
    pub finished: bool,
    /// The handler.
    pub handler: MethodRouter<App>,
}

/// Longest body of a form without a text to write: names, choices, keys.
pub const SMALL_FORM: usize = 8 * 1024;

/// Longest body of a form with a text: a post of 64 kB, with every byte escaped, and its fields.
pub const TEXT_FORM: usize = 256 * 1024;

/// A page: changes nothing, takes no body.
pub fn page<H, T>(path: &'static str, policy: Policy, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route {
        method: Method::GET,
        path,
        policy,
        rate: Rate::Read,
        cache: Cache::Never,
        body: 0,
        finished: false,
        handler: axum::routing::get(handler),
    }
}

/// A deed: a form sent by POST, with a body of at most [`SMALL_FORM`] bytes.
pub fn deed<H, T>(path: &'static str, policy: Policy, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route {
        method: Method::POST,
        path,
        policy,
        rate: Rate::Write,
        cache: Cache::Never,
        body: SMALL_FORM,
        finished: true,
        handler: axum::routing::post(handler),
    }
}

impl Route {
    /// With a body long enough for a text, or for a form with a row for every group.
    #[must_use]
    pub fn with_text(self) -> Self {
        Self { body: TEXT_FORM, ..self }
    }

    /// Finished once begun, as deeds are: for a page that changes something.
    #[must_use]
    pub fn finished(self) -> Self {
        Self { finished: true, ..self }
    }

    /// Under other limits.
    #[must_use]
    pub fn rated(self, rate: Rate) -> Self {
        Self { rate, ..self }
    }

    /// With copies allowed.
    #[must_use]
    pub fn cached(self, cache: Cache) -> Self {
        Self { cache, ..self }
    }
}
