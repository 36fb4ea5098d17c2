//! Everything that can be done, once.

use super::walk::Walk;
use crate::harness::{Authenticator, Client, CodeApp, PASSWORD};
use candor::{
    jobs::{relay::relay, worker::run_next},
    reactions::TABLE,
};
use time::Duration;

/// Does all of it; each round has accounts and links of its own.
pub(super) async fn do_all(walk: &mut Walk<'_>, round: usize) {
    accounts(walk, round).await;
    inviting(walk, round).await;
    approving(walk, round).await;
    super::providers::come_by_them(walk, round).await;
    grouping(walk, round).await;
    administration(walk, round).await;
    writing(walk, round).await;
    uploading(walk, round).await;
    judging(walk).await;
    reading(walk, round).await;
    walk.work("the relay", async |town| {
        relay(&town.world.app, &TABLE).await.expect("events can be relayed");
    })
    .await;
    walk.work("a job", async |town| {
        assert!(run_next(&town.world.app, &TABLE).await.expect("jobs can be run"), "a job is due");
    })
    .await;
}

/// The version of the terms that the round before has published.
pub(super) fn terms(round: usize) -> String {
    round.to_string()
}

async fn accounts(walk: &mut Walk<'_>, round: usize) {
    let town = walk.town;
    let (zoe, rita) = (town.world.guest(), town.world.guest());
    let (handle, email) = (format!("zoe{round}"), format!("zoe{round}@example.com"));
    let terms = terms(round);
    let account = [
        ("handle", &handle[..]),
        ("name", "Zoe"),
        ("email", &email),
        ("password", PASSWORD),
        ("drawn", "0"),
        ("terms", &terms),
    ];
    walk.post(("a guest", &zoe), "/sign-up", "/sign-up", &account).await;
    let words = [("name", "Zoe"), ("about", "Here for the lamps.")];
    let look = [("size", "large"), ("density", "compact")];
    walk.post(("a member", &zoe), "/reading", "/reading", &look).await;
    walk.post(("a member", &zoe), "/settings", "/settings", &words).await;
    walk.post(("a member", &zoe), "/settings/confirm", "/settings/confirm", &[]).await;
    walk.post(("a member", &zoe), "/sign-out", "/sign-out", &[]).await;
    for (what, login) in [("/sign-in with a handle", &handle), ("/sign-in with an address", &email)]
    {
        let fields = [("login", &login[..]), ("password", PASSWORD)];
        walk.post(("a guest", &zoe), what, "/sign-in", &fields).await;
    }
    sessions(walk, &zoe, &handle).await;
    let browser = rita.clone();
    let rita = ("a guest", &rita);
    walk.post(rita, "/reset-password", "/reset-password", &[("login", "crowd7")]).await;
    let new = [("password", "another battery staple")];
    walk.post(rita, "a new password", &town.reset[round], &new).await;
    factors(walk, &browser, &format!("rita{}", round + 1)).await;
    walk.post(rita, "a confirmation", &town.confirm[round], &[]).await;
    walk.post(rita, "an unsubscription", &town.unsubscribe[round], &[]).await;
}

/// Sign-ups that wait, from being sent to being decided.
async fn approving(walk: &mut Walk<'_>, round: usize) {
    let (world, ruth) = (&walk.town.world, ("an administrator", &walk.town.ruth));
    let mode = |mode| [("sign_up", mode)];
    walk.post(ruth, "approval", "/admin/settings", &mode("approval")).await;
    let wanda = world.guest();
    let who = ("somebody who waits", &wanda);
    let terms = terms(round);
    let (handle, email) = (format!("wanda{round}"), format!("wanda{round}@example.com"));
    let account = [
        ("handle", &handle[..]),
        ("name", "Wanda"),
        ("email", &email),
        ("password", PASSWORD),
        ("answer", "A lamp."),
        ("drawn", "0"),
        ("terms", &terms),
    ];
    walk.post(who, "a sign-up that waits", "/sign-up", &account).await;
    walk.get(who, "where it stands", "/sign-up/waiting").await;
    walk.post(who, "its mail once more", "/sign-up/waiting/mail", &[]).await;
    let link = format!("/sign-up/confirm/application{}", 2 + 3 * (round + 5));
    walk.post(("a guest", &world.guest()), "its address", &link, &[]).await;
    let login = [("login", &handle[..]), ("password", PASSWORD)];
    walk.post(who, "/sign-in of somebody who waits", "/sign-in", &login).await;
    walk.post(who, "its withdrawal", "/sign-up/waiting/withdraw", &[]).await;
    let first = "select min(id) from applications where email_confirmed_at is not null and declined_at is null";
    let id = world.count(first).await.to_string();
    walk.post(ruth, "an approval", "/admin/approvals", &[("approve", &id)]).await;
    let id = world.count(first).await.to_string();
    let declined = [("application", &id[..]), ("decline", "chosen"), ("reason", "No.")];
    walk.post(ruth, "a refusal", "/admin/approvals", &declined).await;
    walk.post(ruth, "open again", "/admin/settings", &mode("open")).await;
}

/// Invitations, from being made to being used and withdrawn.
async fn inviting(walk: &mut Walk<'_>, round: usize) {
    let (ruth, ivo) = (&walk.town.ruth, walk.town.world.guest());
    let who = ("an administrator", ruth);
    let made = [("uses", "5"), ("days", "14"), ("note", "For the fair"), ("group", "900")];
    walk.post(who, "an invitation", "/admin/invitations", &made).await;
    let list = (0..20).map(|n| format!("guest{round}-{n}@example.com,Guest,everybody\n"));
    let list = [("list", &list.collect::<String>()[..]), ("days", "30")];
    walk.post(who, "invitations by mail", "/admin/new-invitations", &list).await;
    let terms = terms(round);
    let (handle, email) = (format!("ivo{round}"), format!("ivo{round}@example.com"));
    let account = [
        ("handle", &handle[..]),
        ("name", "Ivo"),
        ("email", &email),
        ("password", PASSWORD),
        ("drawn", "0"),
        ("terms", &terms),
    ];
    walk.post(("a guest", &ivo), "an invitation used", "/join/invitation900", &account).await;
    let last = walk.town.world.count("select max(id) from invitations").await;
    let withdraw = format!("/admin/invitations/{last}/withdraw");
    walk.post(who, "an invitation withdrawn", &withdraw, &[]).await;
}

/// Second factors, from the first to the last. The browser is signed in.
async fn factors(walk: &mut Walk<'_>, rita: &Client, handle: &str) {
    const PASSKEYS: &str = "/settings/factors/passkeys";
    let town = walk.town;
    let (world, here) = (&town.world, ("a member", rita));
    let password = [("password", "another battery staple")];
    walk.post(here, "an app", "/settings/factors/app", &password).await;
    let app = CodeApp::reading(&rita.get("/settings/factors/app").await);
    // The clock goes on with each request.
    let code = async || app.code_in(world, Duration::seconds(10));
    let first = [("code", &code().await[..])];
    walk.post(here, "a first code", "/settings/factors/app/confirm", &first).await;
    walk.post(here, "recovery codes", "/settings/factors/codes", &password).await;
    let named = [("name", "My phone"), password[0]];
    walk.post(here, "a passkey", PASSKEYS, &named).await;
    let (challenge, mut phone, made) = rita.made_passkey("My phone", password[0].1).await;
    let made = [("challenge", &challenge[..]), ("credential", &made)];
    walk.post(here, "a passkey made", &format!("{PASSKEYS}/finish"), &made).await;
    let own = "select max(passkeys.id) from passkeys join members on members.id = member_id";
    let id = world.count(&format!("{own} where handle = '{handle}'")).await;
    walk.get(here, "a passkey", &format!("{PASSKEYS}/{id}")).await;
    walk.post(here, "its name", &format!("{PASSKEYS}/{id}"), &[("name", "My key")]).await;
    let login = [("login", handle), password[0]];
    for (what, step) in [("a passkey", "/sign-in/second-step/passkey"), ("a code", "")] {
        let other = world.guest();
        let there = ("a guest", &other);
        walk.post(there, &format!("/sign-in before {what}"), "/sign-in", &login).await;
        walk.get(there, &format!("the step for {what}"), "/sign-in/second-step").await;
        if step.is_empty() {
            world.advance(Duration::seconds(30));
            let now = [("code", &code().await[..])];
            walk.post(there, "a second step", "/sign-in/second-step", &now).await;
        } else {
            show(walk, &other, step, &mut phone).await;
            show(walk, &other, "/sign-in/passkey", &mut phone).await;
        }
    }
    walk.post(here, "a passkey away", &format!("{PASSKEYS}/{id}/remove"), &password).await;
    // A code is good once, and the next one comes after half a minute.
    world.advance(Duration::seconds(30));
    let away = [password[0], ("code", &code().await[..])];
    walk.post(here, "an app away", "/settings/factors/app/remove", &away).await;
}

async fn show(walk: &mut Walk<'_>, browser: &Client, at: &str, phone: &mut Authenticator) {
    let who = ("a guest", browser);
    walk.post(who, &format!("{at}/ask"), &format!("{at}/ask"), &[]).await;
    let (challenge, asked) = browser.asked_for_passkey(&format!("{at}/ask")).await;
    let shown = phone.show(&asked);
    walk.post(who, at, at, &[("challenge", &challenge), ("credential", &shown)]).await;
}

/// What members do to their own account. The browser is signed in.
async fn sessions(walk: &mut Walk<'_>, zoe: &Client, handle: &str) {
    let other = walk.town.world.guest();
    let login = [("login", handle), ("password", PASSWORD)];
    walk.post(("a guest", &other), "/sign-in once more", "/sign-in", &login).await;
    let page = zoe.get("/settings/sessions").await.expect(200);
    let end = page.part(".sessions form").attr("action").expect("it can be ended").to_owned();
    let zoe = ("a member", zoe);
    walk.post(zoe, "the end of a session", &end, &[]).await;
    walk.post(zoe, "the end of the others", "/settings/sessions/end", &[]).await;
    let email = format!("{handle}-elsewhere@example.com");
    let wish = [("email", &email[..]), ("password", PASSWORD)];
    walk.post(zoe, "/settings/email", "/settings/email", &wish).await;
    let new = [("current_password", PASSWORD), ("new_password", "another battery staple")];
    walk.post(zoe, "/settings/password", "/settings/password", &new).await;
    let password = [("password", "another battery staple")];
    walk.post(zoe, "/settings/data", "/settings/data", &password).await;
    let leave = [("handle", handle), ("password", "another battery staple")];
    walk.post(zoe, "/settings/close", "/settings/close", &leave).await;
    // Of somebody in the crowd who left.
    let reopen = format!("/reopen/reopen30{}", handle.trim_start_matches("zoe"));
    walk.post(zoe, "/reopen", &reopen, &[]).await;
    walk.post(zoe, "signing in to come back", "/sign-in", &login_again(handle)).await;
}

fn login_again(handle: &str) -> [(&str, &str); 2] {
    [("login", handle), ("password", "another battery staple")]
}

async fn grouping(walk: &mut Walk<'_>, round: usize) {
    let town = walk.town;
    let (ada, ruth) = (("a member", &town.ada), ("an administrator", &town.ruth));
    for deed in ["circle/join", "circle/leave", "everybody/request", "everybody/request/undo"] {
        walk.post(ada, deed, &format!("/g/{deed}"), &[]).await;
    }
    walk.post(ruth, "a new one in a group", "/g/everybody/members", &[("handle", "bob")]).await;
    walk.post(ruth, "one out of a group", "/g/everybody/members/bob/remove", &[]).await;
    for (deed, number) in [("approve", 1), ("decline", 3)] {
        let who = 4 * round + number;
        walk.post(ruth, deed, &format!("/g/everybody/requests/crowd{who}/{deed}"), &[]).await;
    }
}

async fn administration(walk: &mut Walk<'_>, round: usize) {
    let ruth = ("an administrator", &walk.town.ruth);
    let slug = format!("lamps-{round}");
    let leaver = format!("leaver{round}");
    let name = [("name", "Lamps"), ("slug", &slug[..])];
    let rights = [("role.guest", "see"), ("role.member", "start"), ("role.member.upload", "yes")];
    for (place, fields) in [
        (
            "boards",
            &[&name[..], &[("category", "community"), ("icon", "help"), ("tone", "2")]].concat()[..],
        ),
        ("categories", &name),
        ("groups", &name),
    ] {
        walk.post(ruth, &format!("a place among the {place}"), &format!("/admin/{place}"), fields)
            .await;
        walk.post(
            ruth,
            &format!("another name among the {place}"),
            &format!("/admin/{place}/{slug}"),
            fields,
        )
        .await;
    }
    sessions_of(walk, round).await;
    // What would look at every member was looked at before.
    let seen = "false newcomer threads >= 9000";
    let rank = [("icon", "rank-1"), ("tone", "2"), ("kudos_weight", "1.5")];
    let rank = [&rank[..], &[("formula", "threads >= 9000")]].concat();
    let rank = [&name[..], &rank[..], &[("above", "newcomer"), ("seen", seen)]].concat();
    walk.post(ruth, "another rank", "/admin/ranks", &rank).await;
    let points = [("solution", "15"), ("confirmation", "2"), ("kudos", "4"), ("reply", "2")];
    let points =
        [&points[..], &[("thread", "1"), ("daily_cap", ["201", "202"][round % 2])]].concat();
    walk.post(ruth, "other points", "/admin/points", &points).await;
    let badge = [("icon", "medal-spark"), ("level", "1"), ("about", "Kind."), ("set", "Solving")];
    let badge = [&name[..], &badge[..], &[("formula", "threads >= 9000")]].concat();
    walk.post(ruth, "another badge", "/admin/badges", &badge).await;
    let honour = [("handle", ["bob", "ada"][round % 2]), ("reason", "Kind.")];
    walk.post(ruth, "a badge by hand", "/badges/special-thanks/awards", &honour).await;
    let award =
        walk.town.world.count("select max(id) from badge_awards where given_by is not null").await;
    let taken = format!("/badges/special-thanks/awards/{award}/revoke");
    walk.post(ruth, "a badge taken by hand", &taken, &[("reason", "A mistake.")]).await;
    for (deed, fields) in [
        ("boards/{}/move", &[("to", "up")][..]),
        ("boards/{}/rights", &rights),
        ("boards/{}/archive", &[]),
        ("boards/{}/archive/undo", &[]),
        ("categories/{}/move", &[("to", "up")]),
        ("categories/{}/rights", &rights),
        ("groups/{}/members", &[("handle", "bob")]),
        ("groups/{}/owners/bob", &[]),
        ("groups/{}/owners/bob/undo", &[]),
        ("groups/{}/delete", &[]),
        ("ranks/{}", &rank),
        ("ranks/{}/retire", &[]),
        ("badges/{}", &badge),
        ("badges/{}/retire", &[]),
        ("members/crowd200/roles", &[("role", "staff")]),
        ("members/crowd200/roles/undo", &[("role", "staff")]),
        ("members/leaver{}/close", &[("handle", &leaver[..])]),
        ("settings", &[("community", &slug), ("welcome", &slug)]),
        ("members/crowd201/factors/take", &[]),
    ] {
        let slug = if deed.starts_with("members/") { round.to_string() } else { slug.clone() };
        walk.post(ruth, deed, &format!("/admin/{}", deed.replace("{}", &slug)), fields).await;
    }
    papers(walk, round).await;
}

/// All the texts, so that the pages of the next round show them. Nobody is asked to agree to the terms: the
/// question would stand before everything else.
async fn papers(walk: &mut Walk<'_>, round: usize) {
    let ruth = ("an administrator", &walk.town.ruth);
    let (upon, number) = (round.to_string(), (round + 1).to_string());
    for name in ["rules", "terms", "privacy", "imprint", "about"] {
        let address = format!("/admin/texts/{name}");
        walk.post(ruth, &address, &address, &[("body", &number), ("upon", &upon)]).await;
    }
    walk.post(ruth, "/consent", "/consent", &[("version", &number)]).await;
}

/// Each round ends those of members of its own.
async fn sessions_of(walk: &mut Walk<'_>, round: usize) {
    let town = walk.town;
    let (ruth, reason) = (("an administrator", &town.ruth), [("reason", "A lost phone.")]);
    let member = format!("/admin/members/crowd{}", 210 + round);
    let page = town.ruth.get(&member).await.expect(200);
    let one = page.part("[formaction]").attr("formaction").expect("a session").to_owned();
    walk.post(ruth, "the end of a session", &one, &reason).await;
    let all = format!("/admin/members/crowd{}/sessions/end", 220 + round);
    walk.post(ruth, "the end of all sessions", &all, &reason).await;
    let page = town.ruth.get("/admin/boards").await.expect(200);
    let version = page.form("order").value("version").to_owned();
    let mut order = vec![("version", version)];
    for item in page.whole().attributes("[data-slug]", &["data-item", "data-slug"]) {
        order.push((["board", "category"][usize::from(item[0] == "category")], item[1].clone()));
    }
    // What stands first below its category comes last of all.
    let first = order.iter().position(|(name, _)| *name == "board").expect("a board");
    let end = order.iter().skip(first).position(|(name, _)| *name == "category");
    let last = end.map_or(order.len(), |end| first + end) - 1;
    order[first..=last].rotate_left(1);
    let order: Vec<(&str, &str)> = order.iter().map(|(name, value)| (*name, &value[..])).collect();
    walk.post(ruth, "another order", "/admin/order", &order).await;
    tags(walk, round).await;
}

/// A tag, from its description to its end.
async fn tags(walk: &mut Walk<'_>, round: usize) {
    let ruth = ("an administrator", &walk.town.ruth);
    let (kept, ends) = (format!("tag-{}", 20 + round), format!("tag-{}", 30 + round));
    let address = format!("/admin/tags/{kept}");
    let edit = [("name", &kept[..]), ("description", "Of lamps."), ("restricted", "on")];
    walk.post(ruth, "a description of a tag", &address, &edit).await;
    let ends = [("synonym", &ends[..]), ("seen", &ends)];
    walk.post(ruth, "a tag that becomes a synonym", &format!("{address}/synonyms"), &ends).await;
    let remove = format!("{address}/synonyms/{kept}-too/remove");
    walk.post(ruth, "a synonym taken away", &remove, &[]).await;
    let ada = ("a member", &walk.town.ada);
    for deed in ["follow/undo", "follow"] {
        walk.post(ada, &format!("{deed} of a tag"), &format!("/tags/common/{deed}"), &[]).await;
    }
}

async fn writing(walk: &mut Walk<'_>, round: usize) {
    let town = walk.town;
    let (ada, bob) = (("a member", &town.ada), ("a member", &town.bob));
    let typed = [
        ("board", "help"),
        ("title", "Another lamp"),
        ("body", "Blue, @crowd3."),
        ("tags", "lamp, common"),
    ];
    walk.write(ada, "/ask", "/ask", &typed).await;
    walk.post(ada, "/preview", "/preview", &[("body", "**Bold**, @crowd3")]).await;
    let key = format!("00000000-0000-4000-a000-00000000000{round}");
    let draft = [("form_key", &key[..]), ("title", "Half a lamp"), ("body", "Half a thought.")];
    for place in ["ask", "t/900"] {
        let fields: Vec<_> = draft.into_iter().chain([("place", place)]).collect();
        walk.post(ada, &format!("a draft in {place}"), "/drafts", &fields).await;
    }
    let change = [
        ("place", &format!("p/{}", town.world.post_at(&town.thread, 1).await)[..]),
        ("body", "Half a change."),
    ];
    walk.post(ada, "a draft of a change", "/drafts", &change).await;
    let newest = town.world.count("select max(id) from drafts where member_id < 900").await;
    walk.get(ada, "a draft", &format!("/drafts/{newest}")).await;
    walk.post(ada, "/drafts/{id}/discard", &format!("/drafts/{newest}/discard"), &[]).await;
    let body = [("body", "One more thing, @crowd2.\n\n> Quoted"), ("reply_to", "3")];
    walk.write(bob, "a reply", &town.thread.deed("replies"), &body).await;
    walk.write(bob, "a reply to a very long thread", "/t/900/replies", &body).await;
    let key = format!("00000000-0000-4000-9000-00000000000{round}");
    for time in ["once", "twice"] {
        let fields = [("body", "Again."), ("form_key", &key[..])];
        let what = format!("a reply sent {time}");
        walk.post(bob, &what, &town.thread.deed("replies"), &fields).await;
    }
    let edit = |post| format!("/p/{post}/edit");
    let opening = town.world.post_at(&town.thread, 1).await;
    let reply = town.world.post_at(&town.thread, 2).await;
    let body = format!("Better words, {round}.");
    let fields = [("title", "A switch sticks again"), ("body", &body[..])];
    walk.post(ada, "an edit of an opening post", &edit(opening), &fields).await;
    walk.post(bob, "an edit", &edit(reply), &[("body", &body[..])]).await;
    let own = "select max(posts.id) from posts join members on members.id = author_id where handle = 'bob'";
    let own = town.world.count(own).await;
    walk.post(bob, "a deletion", &format!("/p/{own}/delete"), &[]).await;
}

async fn uploading(walk: &mut Walk<'_>, round: usize) {
    let town = walk.town;
    let ada = ("a member", &town.ada);
    let name = format!("lamp-{round}.txt");
    let fields = [("name", &name[..]), ("bytes", "3")];
    walk.post(ada, "an upload", "/uploads", &fields).await;
    let begun = || async {
        let begun = town.ada.begin_upload(&name, 3).await.expect(201).json();
        begun["url"].as_str().expect("an address").to_owned()
    };
    // The body of that form is all of the file.
    let whole = format!("{}?at=0", begun().await);
    walk.post(ada, "a whole file", &whole, &[("a", "b")]).await;
    let cancel = format!("{}/cancel", begun().await);
    walk.post(ada, "an upload given up", &cancel, &[]).await;
    let file =
        town.world.count("select max(id) from attachments where id < 1000 or id > 8000000").await;
    let body = format!("See [there](/files/{file}), {round}.");
    walk.write(ada, "a reply with a file", &town.thread.deed("replies"), &[("body", &body)]).await;
    let opening = format!("/p/{}/attach", town.world.post_at(&town.thread, 1).await);
    let typed = [("title", "A switch sticks"), ("body", "See there.")];
    walk.post(ada, "a file for an edit", &opening, &typed).await;
    let typed = [("body", "See there.")];
    walk.write(ada, "a file for a reply", &town.thread.deed("attach"), &typed).await;
    walk.write(ada, "a file for a question", "/ask/attach", &typed).await;
}

async fn judging(walk: &mut Walk<'_>) {
    let town = walk.town;
    let (ada, tom) = (("a member", &town.ada), ("a moderator", &town.tom));
    let reply = town.world.post_at(&town.thread, 2).await;
    let carla = ("another member", &town.carla);
    let me_too = town.thread.deed("me-too");
    walk.post(carla, "a me-too", &me_too, &[("about", "Hub 2")]).await;
    walk.post(ada, "a solution", &format!("/p/{reply}/solution"), &[]).await;
    for answer in ["solved", "unsolved"] {
        let fields = [("answer", answer)];
        walk.post(carla, "a confirmation", &format!("/p/{reply}/confirmation"), &fields).await;
    }
    walk.post(carla, "no me-too", &format!("{me_too}/undo"), &[]).await;
    walk.post(ada, "no solution", &format!("/p/{reply}/solution/undo"), &[]).await;
    let original = "select min(thread_id) from me_toos where thread_id > 900 and thread_id % 3 = 2";
    let named = [("original", &town.world.count(original).await.to_string()[..])];
    walk.post(ada, "a joining", &town.thread.deed("duplicate/of"), &named).await;
    walk.get(ada, "a joined thread", &town.thread.url).await;
    walk.post(ada, "a parting", &town.thread.deed("duplicate/undo"), &[]).await;
    walk.post(ada, "none of them", &town.thread.deed("solution/none"), &[]).await;
    walk.post(ada, "a me-too in a very long thread", "/t/900/me-too", &[]).await;
    let solution = "select solution_id from threads where id = 900";
    let confirmation = format!("/p/{}/confirmation", town.world.count(solution).await);
    let fields = [("answer", "solved")];
    walk.post(ada, "a confirmation in a very long thread", &confirmation, &fields).await;
    walk.post(ada, "no me-too in a very long thread", "/t/900/me-too/undo", &[]).await;
    for deed in ["kudos", "kudos/undo", "solution", "solution/undo"] {
        walk.post(ada, deed, &format!("/p/{reply}/{deed}"), &[]).await;
    }
    let far =
        town.world.count("select id from posts where thread_id = 900 and position = 999").await;
    for (deed, fields) in [
        ("remove", &[("reason", "It is beside the point.")][..]),
        ("restore", &[]),
        ("solution", &[]),
    ] {
        let what = format!("{deed} in a very long thread");
        walk.post(tom, &what, &format!("/p/{far}/{deed}"), fields).await;
    }
    for (deed, fields) in [
        ("lock", &[("reason", "It is settled.")][..]),
        ("lock/undo", &[]),
        ("pin", &[("to", "board")]),
        ("pin/undo", &[]),
    ] {
        walk.post(tom, deed, &format!("/t/900/{deed}"), fields).await;
    }
}

async fn reading(walk: &mut Walk<'_>, round: usize) {
    let town = walk.town;
    let ada = ("a member", &town.ada);
    for (what, thread) in [("a thread", town.thread.id), ("a very long thread", 900)] {
        for (deed, fields) in [
            ("reading", &[("position", "20")][..]),
            ("reading/order", &[("order", "helpful")]),
            ("reading/order", &[("order", "time")]),
            ("mute", &[]),
            ("follow", &[]),
            ("follow/undo", &[]),
        ] {
            walk.post(ada, &format!("{deed} of {what}"), &format!("/t/{thread}/{deed}"), fields)
                .await;
        }
    }
    let unseen =
        "select coalesce(max(id) filter (where seen_at is null), max(id)) from notifications
        where member_id = (select id from members where handle = 'ada')";
    let notice = town.world.count(unseen).await;
    walk.post(ada, "a line of the inbox", &format!("/inbox/{notice}/open"), &[]).await;
    let newest = format!("{}", notice - 5 + round as i64);
    walk.post(ada, "/inbox/read", "/inbox/read", &[("newest", &newest)]).await;
}
