//! What the community tells programs: Atom feeds (RFC 4287) of boards, tags, threads and members, the
//! sitemap (sitemaps.org) and `robots.txt`.
//!
//! A feed tells its reader what the page of the same name would: a browser that is signed in gets its
//! member's, everybody else a guest's. The sitemap lists what guests may see, whoever asks.

mod entry;
mod pages;
mod views;

use crate::route::{Cache, Policy, Rate, Route, page};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    use Policy::{Everybody, WhoMaySee};
    let feed = |route: Route| route.cached(Cache::Asked);
    vec![
        feed(page("/feed.atom", WhoMaySee, pages::atom::of_all)),
        feed(page("/b/{slug}/feed.atom", WhoMaySee, pages::atom::of_board)),
        feed(page("/tags/{name}/feed.atom", WhoMaySee, pages::atom::of_tag)),
        feed(page("/t/{id}/feed.atom", WhoMaySee, pages::atom::of_thread)),
        feed(page("/m/{handle}/feed.atom", WhoMaySee, pages::atom::of_member)),
        feed(page("/sitemap.xml", Everybody, pages::sitemap::index)).rated(Rate::Search),
        feed(page("/sitemap/{part}", Everybody, pages::sitemap::part)).rated(Rate::Search),
        feed(page("/robots.txt", Everybody, pages::robots)),
    ]
}
