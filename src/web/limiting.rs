//! Rate limits: what each class of routes allows one member and one network.

use super::{asked::Asked, shell::Shell};
use crate::{
    app::App,
    error::Result,
    limits::{self, Allowance},
    route::Rate,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{net::IpAddr, sync::Once};

/// The allowances of one class.
struct Allowances {
    member: Allowance,
    /// Wider, for a school or an office may sit behind one address.
    network: Allowance,
}

const fn at_once(name: &'static str, at_once: i32, seconds_each: i32) -> Allowance {
    Allowance { name, at_once, seconds_each }
}

const SEARCH: Allowances =
    Allowances { member: at_once("search", 40, 2), network: at_once("search", 120, 1) };
const WRITE: Allowances =
    Allowances { member: at_once("write", 120, 1), network: at_once("write", 1_200, 1) };
const POST: Allowances =
    Allowances { member: at_once("post", 20, 10), network: at_once("post", 200, 1) };
/// A piece is up to a megabyte.
const UPLOAD: Allowances =
    Allowances { member: at_once("upload", 240, 1), network: at_once("upload", 1_200, 1) };
const HASH: Allowances =
    Allowances { member: at_once("hash", 10, 30), network: at_once("hash", 60, 5) };
/// There and back are two.
const OUTSIDE: Allowances =
    Allowances { member: at_once("outside", 20, 15), network: at_once("outside", 120, 2) };
const MAIL: Allowances =
    Allowances { member: at_once("mail", 5, 300), network: at_once("mail", 20, 60) };

const GUESS: Allowances =
    Allowances { member: at_once("guess", 10, 60), network: at_once("guess", 10, 60) };

fn of(rate: Rate) -> Option<&'static Allowances> {
    match rate {
        Rate::Read | Rate::Stream | Rate::Health => None,
        Rate::Search => Some(&SEARCH),
        Rate::Write => Some(&WRITE),
        Rate::Post => Some(&POST),
        Rate::Upload => Some(&UPLOAD),
        Rate::Hash => Some(&HASH),
        Rate::Outside => Some(&OUTSIDE),
        Rate::Mail => Some(&MAIL),
        Rate::Guess => Some(&GUESS),
    }
}

/// Middleware of one route: lets nobody knock more often than its class allows.
pub async fn limit(
    State((app, rate)): State<(App, Rate)>,
    request: Request,
    next: Next,
) -> Response {
    let Some(asked) = request.extensions().get::<Asked>().cloned() else {
        return next.run(request).await;
    };
    match hold(&app, &asked, rate).await {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

async fn hold(app: &App, asked: &Asked, rate: Rate) -> Result<()> {
    let Some(allowances) = of(rate) else { return Ok(()) };
    let shell = Shell::of(app, asked).await?;
    let mut db = app.db.acquire().await?;
    if let Some(member) = shell.member() {
        app.take_place(&mut db, allowances.member, &limits::member(member.id)).await?;
    }
    match (asked.client, asked.peer) {
        (Some(address), _) => {
            app.take_place(&mut db, allowances.network, &limits::network(address)).await?;
        }
        (None, Some(proxy)) => {
            warn_of(proxy);
            let subject = format!("{} itself", limits::network(proxy));
            app.take_place(&mut db, wider(allowances.network), &subject).await?;
        }
        (None, None) => {}
    }
    Ok(())
}

/// What all share who come through a proxy that does not say who they are: enough for a community by day, and
/// an end to whoever tries passwords through it.
fn wider(network: Allowance) -> Allowance {
    let seconds_each = (network.seconds_each / 10).max(1);
    Allowance { at_once: network.at_once * 10, seconds_each, ..network }
}

/// Said once, for it is true of every request.
fn warn_of(proxy: IpAddr) {
    static SAID: Once = Once::new();
    SAID.call_once(|| {
        tracing::warn!(
            proxy = %proxy,
            "A trusted proxy does not say in X-Forwarded-For where a request came from: all that come through \
             it share one allowance. Have it set that header, or take it out of CANDOR_TRUSTED_PROXIES"
        );
    });
}
