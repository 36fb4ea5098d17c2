//! Merges the rooms' routes and lays the middleware around them. The only place that builds a router.

use crate::{
    admin,
    app::App,
    applications, attachments, boards, drafts,
    error::Error,
    feeds, groups, home, members, moderation, notifications, papers, posts, privacy, reputation,
    route::{Rate, Route},
    search, set_up, solutions, threads,
    web::{
        self,
        admission::{Admission, Class},
        headers,
        uncancelled::Uncancelled,
    },
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Extensions, HeaderMap, StatusCode, Version, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::MethodRouter,
};
use tokio_util::task::TaskTracker;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, Predicate},
    },
    csrf::CsrfLayer,
    set_header::SetResponseHeaderLayer,
};

/// Every address of the server, in product order.
pub fn routes() -> Vec<Route> {
    [
        web::routes(),
        home::routes(),
        feeds::routes(),
        boards::routes(),
        threads::routes(),
        posts::routes(),
        attachments::routes(),
        drafts::routes(),
        solutions::routes(),
        search::routes(),
        notifications::routes(),
        reputation::routes(),
        moderation::routes(),
        members::routes(),
        applications::routes(),
        privacy::routes(),
        papers::routes(),
        groups::routes(),
        admin::routes(),
        set_up::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The server's one router. `deeds` is what shutdown waits for.
///
/// # Errors
/// A public address that is no origin.
pub fn router(app: App, deeds: &TaskTracker) -> anyhow::Result<Router> {
    let admission = Admission::default();
    let mut router = Router::new();
    for route in routes() {
        router = add(router, route, &app, &admission, deeds);
    }
    let mut origins = CsrfLayer::new();
    if let Some(url) = &app.config.public_url {
        origins = origins.add_trusted_origin(url.origin().ascii_serialization())?;
    }
    Ok(router
        .fallback(|| async { Error::NotFound })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .layer(from_fn_with_state(app.clone(), set_up::lead))
        .layer(from_fn(web::clear_flash))
        .layer(origins)
        .layer(CatchPanicLayer::custom(|_| panicked()))
        .layer(from_fn_with_state(app.clone(), web::draw_errors))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_no_file)))
        .layer(from_fn_with_state(app.clone(), headers::secure))
        .layer(from_fn_with_state(app.clone(), web::note_request))
        .with_state(app))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that turns entries into a router"
)]
fn add(
    router: Router<App>,
    route: Route,
    app: &App,
    admission: &Admission,
    deeds: &TaskTracker,
) -> Router<App> {
    let limited = from_fn_with_state((app.clone(), route.rate), web::limit);
    let mut handler: MethodRouter<App> =
        route.handler.layer(DefaultBodyLimit::max(route.body)).layer(limited);
    // A deed is finished once begun, whether or not its client waits for the answer.
    if route.finished {
        handler = handler.layer(Uncancelled::new(deeds.clone()));
    }
    let class = match route.rate {
        Rate::Read | Rate::Search => Some(Class::Read),
        Rate::Write | Rate::Post | Rate::Mail | Rate::Guess => Some(Class::Write),
        Rate::Upload => Some(Class::Upload),
        Rate::Hash => Some(Class::Hash),
        Rate::Outside => Some(Class::Outside),
        Rate::Stream | Rate::Health => None,
    };
    if let Some(class) = class {
        handler = handler.layer(admission.layer(class));
    }
    // Whatever its handler says: that of an event stream would let caches keep it and ask again.
    let kept = SetResponseHeaderLayer::overriding(
        header::CACHE_CONTROL,
        headers::cache_control(route.cache),
    );
    router.route(route.path, handler.layer(kept))
}

/// What members uploaded goes out as it lies there: packed, it would be other bytes under the same name.
fn is_no_file(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::ACCEPT_RANGES)
}

fn panicked() -> Response {
    Error::Internal(anyhow::anyhow!("a handler panicked")).into_response()
}
