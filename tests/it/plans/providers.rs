//! What is done with providers, once: set up, come by, linked.

use super::{deeds::terms, walk::Walk};
use crate::{
    harness::{Client, PASSWORD},
    providers::provider::{CLIENT, Provider, SECRET},
};
use serde_json::json;

/// Each round has a provider of its own.
pub(super) async fn come_by_them(walk: &mut Walk<'_>, round: usize) {
    let (provider, slug) = (Provider::open().await, format!("home-{round}"));
    let ruth = ("an administrator", &walk.town.ruth);
    let fields = [
        ("name", "Home"),
        ("slug", &slug),
        ("issuer", &provider.issuer),
        ("client_id", CLIENT),
        ("secret_password", SECRET),
        ("position", "1"),
        ("enabled", "yes"),
        ("takes_in", "yes"),
        ("trusts_address", "yes"),
        ("group_claim", "groups"),
        ("groups", "regulars = everybody"),
    ];
    let own = format!("/admin/providers/{slug}");
    walk.post(ruth, "a provider", "/admin/providers", &fields).await;
    walk.post(ruth, "a provider changed", &own, &fields).await;
    walk.post(ruth, "a provider tested", &format!("{own}/test"), &[]).await;

    let fay = walk.town.world.guest();
    let person = format!("fay-{round}");
    sign_in(walk, &provider, ("a newcomer", &fay), &slug, &person).await;
    walk.get(("a newcomer", &fay), "an arrival", "/sign-in/arrival").await;
    let email = format!("fay{round}@example.com");
    let terms = terms(round);
    let new = [("handle", &person[..]), ("name", "Fay"), ("email", &email), ("terms", &terms)];
    walk.post(("a newcomer", &fay), "an arrival settled", "/sign-in/arrival", &new).await;
    sign_in(walk, &provider, ("one who knows it", &fay), &slug, &person).await;
    own_account(walk, &provider, &slug, round).await;
}

/// To the provider and back by the sign-in page.
async fn sign_in(
    walk: &mut Walk<'_>,
    provider: &Provider,
    who: (&str, &Client),
    slug: &str,
    person: &str,
) {
    let there = format!("/sign-in/with/{slug}");
    walk.post(who, "the way to a provider", &there, &[("back", "/")]).await;
    come_back(walk, provider, who, person).await;
}

async fn come_back(walk: &mut Walk<'_>, provider: &Provider, who: (&str, &Client), person: &str) {
    let now = walk.town.world.app.now().unix_timestamp();
    let claims = json!({ "sub": person, "name": "Somebody", "groups": ["regulars"] });
    let back = provider.yes(&walk.sent, &claims, now);
    walk.get(who, "the way back", back.trim_start_matches(crate::harness::PUBLIC)).await;
}

async fn own_account(walk: &mut Walk<'_>, provider: &Provider, slug: &str, round: usize) {
    let gus = walk.town.world.guest();
    let (handle, email) = (format!("gus{round}"), format!("gus{round}@example.com"));
    let terms = terms(round);
    let account = [
        ("handle", &handle[..]),
        ("name", "Gus"),
        ("email", &email),
        ("password", PASSWORD),
        ("drawn", "0"),
        ("terms", &terms),
    ];
    gus.post("/sign-up", &account).await.expect(303);
    let gus = ("a member with a password", &gus);
    sign_in(walk, provider, gus, slug, &handle).await;
    walk.get(gus, "an arrival", "/sign-in/arrival").await;
    walk.post(gus, "an arrival linked", "/sign-in/arrival/link", &[]).await;
    for deed in ["prove", "unlink", "link"] {
        let what = format!("a provider to {deed}");
        walk.post(gus, &what, &format!("/settings/providers/{slug}/{deed}"), &[]).await;
        if deed != "unlink" {
            come_back(walk, provider, gus, &handle).await;
        }
    }
}
