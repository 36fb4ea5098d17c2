//! Reads everything that somebody can come to by GET: what they know the address of, and whatever
//! lies behind the links.

use crate::harness::{Answer, Client, World};
use axum::http::Method;
use candor::router::routes;
use std::collections::{BTreeMap, BTreeSet};

/// Far more than the small worlds of these tests hold; a page that links to ever new pages ends here.
const MOST: usize = 2_000;

/// What was answered, by address.
pub(crate) struct Web(pub(crate) BTreeMap<String, Seen>);

/// One answer: its headers and its text, without the address that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) status: u16,
    pub(crate) text: String,
}

/// Addresses for every object that there is, and every way of asking that pages know of. `words` are
/// searched for in capitals, which is how a page that repeats a question can be told from one that answers.
pub(crate) async fn addresses(world: &World, words: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = [
        "/",
        "/questions/unanswered",
        "/questions/unsolved",
        "/questions/solved",
        "/my/waiting",
        "/my/questions",
        "/my/me-too",
        "/boards",
        "/tags",
        "/ranks",
        "/badges",
        "/leaderboards",
        "/b/help/leaderboard",
        "/moderation",
        "/inbox",
        "/settings",
        "/settings/security",
        "/settings/sessions",
        "/settings/data",
        "/settings/data/copy",
        "/settings/close",
        "/reopen/none",
        "/settings/factors",
        "/settings/factors/app",
        "/settings/factors/codes",
        "/settings/factors/new-passkey",
        "/settings/factors/passkeys/1",
        "/sign-in/second-step",
        "/ask",
        "/drafts",
        "/drafts/999",
        "/ask/similar",
        "/complete/members",
        "/search",
        "/sign-in",
        "/sign-up",
        "/sign-up/waiting",
        "/sign-up/confirm/none",
        "/join/none",
        "/reset-password",
        "/reset-password/none",
        "/confirm/none",
        "/unsubscribe/none",
        "/healthz",
        "/readyz",
        "/feed.atom",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap/boards.xml",
        "/sitemap/0.xml",
        "/assets/0/none",
        "/moderation?below=1000",
        "/groups",
        "/admin",
        "/admin/boards",
        "/admin/new-board",
        "/admin/new-category",
        "/admin/groups",
        "/admin/new-group",
        "/admin/tags",
        "/admin/ranks",
        "/admin/badges",
        "/admin/new-badge",
        "/admin/new-rank",
        "/admin/points",
        "/admin/members",
        "/set-up",
        "/admin/settings",
        "/admin/texts",
        "/admin/texts/rules",
        "/rules",
        "/rules/history",
        "/terms",
        "/terms/history",
        "/privacy",
        "/privacy/history",
        "/imprint",
        "/imprint/history",
        "/about",
        "/about/history",
        "/consent",
        "/settings/agreements",
        "/moderation/queue",
        "/moderation?act=remove_post",
        "/moderation?by=people",
        "/admin/log",
        "/admin/providers",
        "/admin/approvals",
        "/admin/invitations",
        "/admin/invitations/1",
        "/admin/new-invitation",
        "/admin/new-invitations",
        "/admin/new-provider",
        "/admin/providers/none",
        "/sign-in/arrival",
        "/sign-in/with/none/back",
    ]
    .map(ToOwned::to_owned)
    .into();
    let threads = world.count("select coalesce(max(id), 0) from threads").await;
    for id in 1..=threads {
        for below in [
            "",
            "/stale-slug",
            "/stale-slug?sort=helpful",
            "/unread",
            "/lock",
            "/duplicate/of",
            "/p/1",
            "/p/2",
            "/p/99",
            "/feed.atom",
        ] {
            all.push(format!("/t/{id}{below}"));
        }
    }
    let posts = world.count("select coalesce(max(id), 0) from posts").await;
    for id in 1..=posts {
        for below in ["", "/edit", "/history", "/delete", "/remove", "/flag", "/review"] {
            all.push(format!("/p/{id}{below}"));
        }
    }
    let files = world.count("select coalesce(max(id), 0) from attachments").await;
    for id in 1..=files + 1 {
        for size in ["", "/small", "/medium"] {
            all.push(format!("/files/{id}{size}"));
        }
    }
    all.extend(world.texts("select '/drafts/' || id from drafts").await);
    all.extend(world.texts("select '/uploads/' || id from uploads").await);
    all.push("/uploads/00000000-0000-7000-8000-000000000000".to_owned());
    for board in world.texts("select slug from boards").await {
        all.push(format!("/b/{board}/feed.atom"));
        all.push(format!("/ask?board={board}"));
        all.push(format!("/search?q=lamp&board={board}"));
        for sort in ["activity", "newest", "kudos", "unanswered", "unsolved"] {
            all.push(format!("/b/{board}?sort={sort}"));
        }
    }
    for board in world.texts("select slug from boards").await {
        for below in ["", "/archive", "/rights", "/rights?member=bob"] {
            all.push(format!("/admin/boards/{board}{below}"));
        }
    }
    for category in world.texts("select slug from categories").await {
        all.push(format!("/admin/categories/{category}"));
        all.push(format!("/admin/categories/{category}/rights"));
    }
    for badge in world.texts("select slug from badges where slug like '%solution'").await {
        all.push(format!("/badges/{badge}"));
        all.push(format!("/admin/badges/{badge}"));
    }
    all.extend(world.texts("select '/admin/tags/' || name from tags").await);
    for rank in world.texts("select slug from ranks").await {
        all.push(format!("/admin/ranks/{rank}"));
    }
    for group in world.texts("select slug from groups union all select 'none'").await {
        all.push(format!("/g/{group}"));
        all.push(format!("/admin/groups/{group}"));
        all.push(format!("/admin/groups/{group}/delete"));
    }
    for below in ["", "/feed.atom"] {
        all.extend(world.texts(&format!("select '/tags/' || name || '{below}' from tags")).await);
        all.extend(world.texts(&format!("select '/m/' || handle || '{below}' from members")).await);
    }
    for member in world.texts("select handle from members").await {
        all.push(format!("/admin/members/{member}"));
        all.push(format!("/admin/members/{member}/close"));
    }
    all.extend(words.iter().map(|word| format!("/search?q={}", word.to_uppercase())));
    all.extend(words.iter().map(|word| format!("/ask/similar?title={}", word.to_uppercase())));
    for what in ["threads", "tags", "tag_names"] {
        let asked = |word: &&str| format!("/complete/{what}?q={}", word.to_uppercase());
        all.extend(words.iter().map(asked));
    }
    all
}

/// Asks for all of these and for what they link to.
pub(crate) async fn crawl(client: &Client, addresses: &[String]) -> Web {
    let mut waiting: Vec<String> = addresses.to_vec();
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut web = BTreeMap::new();
    while let Some(address) = waiting.pop() {
        let (answer, seen) = look(client, &address).await;
        for link in links(&answer) {
            if known.len() < MOST && known.insert(link.clone()) {
                waiting.push(link);
            }
        }
        web.insert(address, seen);
    }
    Web(web)
}

/// Asks for one address.
pub(crate) async fn look(client: &Client, address: &str) -> (Answer, Seen) {
    let answer = client.get(address).await;
    assert!(answer.status.as_u16() < 500, "{address} answered {}", answer.status);
    let seen = seen(&answer);
    (answer, seen)
}

/// No address of the server is left out, so that a new one is crawled or fails here.
pub(crate) fn assert_all_routes(web: &Web) {
    let matches = |path: &str, route: &str| {
        let parts: Vec<&str> =
            path.split(['?', '#']).next().unwrap_or_default().split('/').collect();
        let wanted: Vec<&str> = route.split('/').collect();
        parts.len() == wanted.len()
            && parts.iter().zip(&wanted).all(|(part, want)| part == want || want.starts_with('{'))
    };
    let missed: Vec<_> = routes()
        .into_iter()
        // A stream has no end; it has a test of its own.
        .filter(|route| route.method == Method::GET && route.path != "/t/{id}/live")
        .filter(|route| !web.0.keys().any(|path| matches(path, route.path)))
        .map(|route| route.path)
        .collect();
    assert!(missed.is_empty(), "the spider knows no way to {missed:?}");
}

fn links(answer: &Answer) -> Vec<String> {
    let mut links: Vec<String> = answer.hrefs();
    if answer.status.is_redirection() {
        links.push(answer.location().to_owned());
    }
    let here = answer.path.split('?').next().unwrap_or_default();
    links
        .into_iter()
        .map(|link| if link.starts_with('?') { format!("{here}{link}") } else { link })
        .map(|link| link.split('#').next().unwrap_or_default().to_owned())
        .filter(|link| link.starts_with('/') && !link.starts_with("/assets"))
        // Where one came from is not where one goes.
        .filter(|link| !link.starts_with("/sign-in?"))
        .collect()
}

fn seen(answer: &Answer) -> Seen {
    let mut text = String::new();
    for (name, value) in &answer.headers {
        if name != "content-length" && name != "x-request-id" {
            text += &format!("{name}: {}\n", value.to_str().unwrap_or("not ASCII"));
        }
    }
    text += &answer.text;
    // A page may repeat where it was asked for, which whoever asked knew.
    let encoded: String = url::form_urlencoded::byte_serialize(answer.path.as_bytes()).collect();
    let strict = encoded.replace("%2F", "/");
    let bare = answer.path.split('?').next().unwrap_or_default();
    let mut text = without_form_keys(&text);
    if bare.len() > 1 {
        for known in [&encoded, &strict, &answer.path] {
            text = text.replace(known.as_str(), "(here)");
        }
    }
    if bare.len() > 1 {
        let encoded: String = url::form_urlencoded::byte_serialize(bare.as_bytes()).collect();
        text = text.replace(&format!("back={encoded}"), "back=(here)");
    }
    Seen { status: answer.status.as_u16(), text }
}

/// Each form has a key of its own.
pub(crate) fn without_form_keys(text: &str) -> String {
    const BEFORE: &str = "name=\"form_key\" value=\"";
    let mut pieces = text.split(BEFORE);
    let mut clean = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        clean += BEFORE;
        clean += piece.split_once('"').map_or("", |(_, rest)| rest);
    }
    clean
}
