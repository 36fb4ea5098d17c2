//! Every page, in every way that it can be asked for.

use super::{town::Town, walk::Walk};
use crate::harness::Client;
use candor::kit::Cursor;

/// Asks for all of them as a guest, as a member and as a moderator.
pub(super) async fn look_at_all(walk: &mut Walk<'_>, round: usize) {
    let town = walk.town;
    let pages = all(town, round).await;
    let guest = town.world.guest();
    let actors: [(&str, &Client); 3] =
        [("a guest", &guest), ("a member", &town.ada), ("a moderator", &town.tom)];
    for who in actors {
        for (what, path) in &pages {
            walk.get(who, what, path).await;
        }
    }
    for path in ADMINISTRATION {
        walk.get(("an administrator", &town.ruth), path, path).await;
    }
}

const ADMINISTRATION: [&str; 57] = [
    "/admin/approvals",
    "/admin/invitations",
    "/admin/invitations/900",
    "/admin/new-invitation",
    "/admin/new-invitations",
    "/admin/providers",
    "/admin/new-provider",
    "/admin/providers/company",
    "/groups",
    "/g/everybody",
    "/admin",
    "/admin/boards",
    "/admin/new-board",
    "/admin/boards/help",
    "/admin/boards/help/archive",
    "/admin/boards/help/rights",
    "/admin/boards/help/rights?member=ada",
    "/admin/new-category",
    "/admin/categories/community",
    "/admin/categories/community/rights",
    "/admin/groups",
    "/admin/new-group",
    "/admin/groups/everybody",
    "/admin/groups/everybody/delete",
    "/admin/tags",
    "/admin/tags?q=tag-4",
    "/admin/tags?q=none",
    "/admin/tags/common",
    "/admin/tags/tag-9",
    "/admin/ranks",
    "/admin/new-rank",
    "/admin/ranks/expert",
    "/admin/badges",
    "/admin/new-badge",
    "/admin/badges/proven",
    "/admin/points",
    "/admin/members",
    "/admin/members?q=crowd8",
    "/admin/members?q=crowd8%40example",
    "/admin/members?q=c",
    "/admin/members?sort=seen",
    "/admin/members?sort=seen&q=c",
    "/admin/members?role=staff",
    "/admin/members?group=everybody",
    "/admin/members?group=everybody&sort=seen&state=single",
    "/admin/members?rank=expert",
    "/admin/members?rank=newcomer",
    "/admin/members?state=unproved",
    "/admin/members?state=closed",
    "/admin/members/crowd2",
    "/admin/members/ada",
    "/admin/members/ada/close",
    "/admin/settings",
    "/admin/texts",
    "/admin/texts/rules",
    "/admin/log",
    "/m/crowd2",
];

/// What is asked for, in words that are the same in every community, and its address here.
async fn all(town: &Town, round: usize) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = [
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
        "/badges/first-answer",
        "/badges/first-answer?before=900",
        "/leaderboards",
        "/leaderboards?by=solutions&window=ever&staff=without",
        "/b/help/leaderboard",
        "/moderation",
        "/moderation?board=help",
        "/moderation?act=restore_post",
        "/moderation?act=lock_thread&board=help",
        "/moderation?by=automatic",
        "/moderation?by=people&below=2000",
        "/moderation/queue",
        "/inbox",
        "/reading",
        "/settings",
        "/settings/security",
        "/settings/sessions",
        "/settings/data",
        "/settings/data/copy",
        "/settings/close",
        "/reopen/reopen399",
        "/settings/factors",
        "/settings/factors/app",
        "/settings/factors/codes",
        "/settings/factors/new-passkey",
        "/settings/factors/passkeys/1",
        "/sign-in/second-step",
        "/settings/agreements",
        "/consent",
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
        "/groups",
        "/g/everybody",
        "/g/circle",
        "/ask",
        "/ask?board=help",
        "/ask?fresh=true",
        "/drafts",
        "/drafts/900",
        "/ask/similar?title=Something+about+a+switch+or+a+lamp",
        "/ask/similar?title=zircon",
        "/complete/members?q=crowd8",
        "/complete/members?q=c",
        "/complete/threads?q=zircon",
        "/complete/emoji?q=wren",
        "/complete/tags?q=t",
        "/complete/tag_names?q=t",
        "/complete/members?q=c&thread=900",
        "/complete/members?thread=900",
        "/nowhere",
        "/search",
        "/sign-in",
        "/sign-up",
        "/join/invitation900",
        "/sign-up/waiting",
        "/sign-up/confirm/application11",
        "/reset-password",
        "/healthz",
        "/readyz",
        "/feed.atom",
        "/b/help/feed.atom",
        "/b/quiet/feed.atom",
        "/tags/common/feed.atom",
        "/tags/secret/feed.atom",
        "/t/900/feed.atom",
        "/m/crowd1/feed.atom",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap/boards.xml",
        "/sitemap/0.xml",
        "/m/ada",
        "/m/bob",
        "/m/nobody",
        "/files/1",
        "/files/1/small",
        "/files/9999999",
        "/uploads/00000000-0000-7000-8000-000000000000",
        "/tags/switch",
        "/tags/common",
        "/tags/secret",
        "/tags/mixed",
        "/tags/none",
        "/t/900",
        "/t/900/unread",
        "/t/900/live",
        "/t/900/p/1001",
        "/t/900/lock",
        "/t/900/duplicate/of",
        "/t/901",
        "/b/lounge",
        "/b/news",
        "/b/beta",
        "/b/staff-room",
    ]
    .map(|path| (path.to_owned(), path.to_owned()))
    .into();
    let mut add = |what: &str, path: String| all.push((what.to_owned(), path));
    add("a stylesheet", town.stylesheet.clone());
    add("a link that confirms", town.confirm[round].clone());
    add("a link for a new password", town.reset[round].clone());
    add("a link that unsubscribes", town.unsubscribe[round].clone());
    add("a member who writes much", "/m/crowd1".to_owned());
    threads(town, &mut add).await;
    lists(town, &mut add).await;
    searches(&mut add);
    all
}

async fn threads(town: &Town, add: &mut impl FnMut(&str, String)) {
    let world = &town.world;
    add("a thread", town.thread.url.clone());
    add("the last page of a thread", format!("{}?page=3", town.thread.url));
    let very_long = "/t/900/something-about-a-lamp-number-900";
    let last = world
        .count("select (last_position::bigint - 1) / 20 + 1 from threads where id = 900")
        .await;
    add("a very long thread", very_long.to_owned());
    add("the middle of a very long thread", format!("{very_long}?page={}", last / 2));
    add("the end of a very long thread", format!("{very_long}?page={last}"));
    for (what, from) in [("first", 1), ("middle", last * 10), ("last", last * 20 - 30)] {
        let path = format!("{very_long}?sort=helpful&from={from}");
        add(&format!("the {what} helpful replies of a very long thread"), path);
    }
    for below in ["unread", "lock", "live", "p/25", "duplicate/of"] {
        add(&format!("a thread's {below}"), town.thread.deed(below));
    }
    for position in [1, 2, 3, 29] {
        let post = world.post_at(&town.thread, position).await;
        for below in ["", "/edit", "/history", "/delete", "/remove"] {
            add(&format!("post {position}{below}"), format!("/p/{post}{below}"));
        }
    }
}

async fn lists(town: &Town, add: &mut impl FnMut(&str, String)) {
    let world = &town.world;
    for board in ["help", "quiet"] {
        for (sort, key) in [
            ("activity", "(extract(epoch from last_post_at) * 1000000)::bigint"),
            ("newest", "(extract(epoch from started_at) * 1000000)::bigint"),
            ("kudos", "kudos::bigint"),
            ("unanswered", "(extract(epoch from started_at) * 1000000)::bigint"),
            ("unsolved", "(extract(epoch from last_post_at) * 1000000)::bigint"),
        ] {
            let list = format!("/b/{board}?sort={sort}");
            let middle = |what: &str| {
                format!(
                    "select {what} from threads where id = (
                        select percentile_disc(0.5) within group (order by threads.id)
                        from threads
                        join boards on boards.id = threads.board_id
                        where boards.slug = '{board}'
                    )"
                )
            };
            let id = world.count(&middle("id")).await;
            let cursor = Cursor { key: world.count(&middle(key)).await, id };
            for way in ["older", "newer"] {
                add(&format!("{list} with {way}"), format!("{list}&{way}={cursor}"));
            }
            add(&list.clone(), list);
        }
    }
    for (list, key) in [
        ("/questions/unanswered", "started_at"),
        ("/questions/unsolved", "last_post_at"),
        ("/questions/solved", "solved_at"),
        ("/my/waiting", "last_post_at"),
        ("/my/questions", "started_at"),
        ("/my/me-too", "started_at"),
    ] {
        let middle = "select percentile_disc(0.5) within group (order by id) from threads";
        let id = world.count(middle).await;
        let key = format!("extract(epoch from coalesce({key}, started_at)) * 1000000");
        let key = format!("select ({key})::bigint from threads where id = {id}");
        let cursor = Cursor { key: world.count(&key).await, id };
        add(&format!("{list} with older"), format!("{list}?older={cursor}"));
    }
    let of_tag = "select percentile_disc(0.5) within group (order by thread_id) from thread_tags";
    let below = world.count(of_tag).await;
    for tag in ["common", "secret", "mixed"] {
        add(&format!("/tags/{tag} with below"), format!("/tags/{tag}?below={below}"));
    }
    let act = "select percentile_disc(0.5) within group (order by id) from moderation_ledger where id > 1000";
    add("/moderation with below", format!("/moderation?below={}", world.count(act).await));
    let notice = "select percentile_disc(0.5) within group (order by notifications.id)
        from notifications join members on members.id = member_id where handle = 'ada'";
    let id = world.count(notice).await;
    let key = "select (extract(epoch from at) * 1000000)::bigint from notifications where id";
    let cursor = Cursor { key: world.count(&format!("{key} = {id}")).await, id };
    add("/inbox with older", format!("/inbox?older={cursor}"));
}

fn searches(add: &mut impl FnMut(&str, String)) {
    for (what, query) in [
        ("a word in every post", "q=lamp"),
        ("a word in every post, page 5", "q=lamp&page=5"),
        ("a common word on a small board", "q=lamp&board=quiet"),
        ("a word in every third post", "q=valve"),
        ("a rare word", "q=zebra"),
        ("a word that nobody wrote", "q=xylophone"),
        ("a word of old posts", "q=antique"),
        ("a word of hidden posts", "q=vault"),
        ("two words", "q=valve+zebra"),
        ("a phrase", "q=%22a+lamp+a+valve%22"),
        ("all without a word", "q=-lamp"),
        ("words that are none", "q=the"),
    ] {
        add(&format!("a search for {what}"), format!("/search?{query}"));
    }
}
