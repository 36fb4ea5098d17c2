//! Every parameter that an address knows: none is an oracle. They are taken from the sources, so that a new one
//! is asked for in both worlds or fails here.

use crate::{harness::World, house_rules::files};
use candor::kit::Cursor;
use std::collections::BTreeSet;

/// Where a parameter is read, and how it is asked for with what there is, hidden or not, and with what there is
/// not.
const FILTERS: [(&str, &str, &[&str]); 58] = [
    ("src/admin/pages/boards.rs", "at", &["/admin/boards?at={board}"]),
    ("src/admin/pages/boards.rs", "category", &["/admin/new-board?category={board}"]),
    ("src/admin/pages/invitations/mod.rs", "below", &["/admin/invitations?below={id}"]),
    ("src/admin/pages/log.rs", "below", &["/admin/log?below={id}"]),
    ("src/admin/pages/members.rs", "from", &["/admin/members?from={id}"]),
    ("src/admin/pages/members.rs", "group", &["/admin/members?group={board}"]),
    ("src/admin/pages/members.rs", "q", &["/admin/members?q={member}"]),
    ("src/admin/pages/members.rs", "rank", &["/admin/members?rank=expert"]),
    ("src/admin/pages/members.rs", "role", &["/admin/members?role=staff"]),
    ("src/admin/pages/members.rs", "sort", &["/admin/members?sort=seen"]),
    ("src/admin/pages/members.rs", "state", &["/admin/members?state=closed"]),
    ("src/admin/pages/rights.rs", "member", &["/admin/boards/{board}/rights?member={member}"]),
    ("src/admin/pages/settings.rs", "default", &["/admin/settings?default=brand"]),
    ("src/admin/pages/tags.rs", "from", &["/admin/tags?from={cursor}"]),
    ("src/admin/pages/tags.rs", "q", &["/admin/tags?q=fall", "/admin/tags?q=none"]),
    ("src/attachments/pages/uploads.rs", "at", &["/uploads/none?at={id}"]),
    ("src/boards/pages.rs", "newer", &["/b/help?newer={cursor}", "/b/{board}?newer={cursor}"]),
    ("src/boards/pages.rs", "older", &["/b/help?older={cursor}", "/b/{board}?older={cursor}"]),
    ("src/boards/pages.rs", "sort", &["/b/{board}?sort=kudos", "/b/{board}?sort=none"]),
    ("src/drafts/pages.rs", "here", &["/drafts/{id}?here=true"]),
    (
        "src/home/pages/lists.rs",
        "older",
        &["/questions/unsolved?older={cursor}", "/my/questions?older={cursor}"],
    ),
    ("src/members/pages/providers/mod.rs", "code", &["/sign-in/with/none/back?code={id}"]),
    ("src/members/pages/providers/mod.rs", "error", &["/sign-in/with/none/back?error={id}"]),
    ("src/members/pages/providers/mod.rs", "iss", &["/sign-in/with/none/back?iss={id}"]),
    ("src/members/pages/providers/mod.rs", "state", &["/sign-in/with/none/back?state={id}"]),
    ("src/members/pages/second_step.rs", "back", &["/sign-in/second-step?back=/t/{id}"]),
    ("src/members/pages/sign_in.rs", "back", &["/sign-in?back=/t/{id}"]),
    ("src/members/pages/sign_up.rs", "back", &["/sign-up?back=/t/{id}"]),
    (
        "src/moderation/pages/acts.rs",
        "act",
        &["/moderation?act=remove_post", "/moderation?act=none"],
    ),
    ("src/moderation/pages/acts.rs", "below", &["/moderation?below={id}"]),
    ("src/moderation/pages/acts.rs", "board", &["/moderation?board={board}"]),
    ("src/moderation/pages/acts.rs", "by", &["/moderation?by=people&board={board}"]),
    ("src/notifications/pages/inbox.rs", "older", &["/inbox?older={cursor}"]),
    ("src/papers/mod.rs", "below", &["/rules/history?below={id}"]),
    ("src/papers/pages/consent.rs", "back", &["/consent?back=/t/{id}"]),
    ("src/papers/pages/history.rs", "below", &["/terms/history?below={id}"]),
    (
        "src/posts/pages/complete.rs",
        "q",
        &[
            "/complete/threads?q=falls+lamp",
            "/complete/members?q={member}",
            "/complete/tags?q=l",
            "/complete/tag_names?q=l",
        ],
    ),
    ("src/posts/pages/complete.rs", "thread", &["/complete/members?thread={id}"]),
    ("src/posts/pages/history.rs", "before", &["/p/{id}/history?before={id}"]),
    ("src/reputation/pages/badges.rs", "before", &["/badges/first-answer?before={id}"]),
    (
        "src/reputation/pages/leaders.rs",
        "by",
        &["/leaderboards?by=replies", "/b/{board}/leaderboard?by=kudos_received"],
    ),
    ("src/reputation/pages/leaders.rs", "staff", &["/leaderboards?staff=without"]),
    (
        "src/reputation/pages/leaders.rs",
        "window",
        &["/leaderboards?window=ever", "/b/{board}/leaderboard?window=quarter"],
    ),
    ("src/search/pages.rs", "board", &["/search?q=lamp&board={board}"]),
    ("src/search/pages.rs", "page", &["/search?q=lamp&page={id}"]),
    (
        "src/search/pages.rs",
        "q",
        &["/search?q=tag:fall", "/search?q=by:{member}", "/search?q={board}"],
    ),
    ("src/threads/pages/new.rs", "board", &["/ask?board={board}"]),
    ("src/threads/pages/new.rs", "draft", &["/ask?draft={id}"]),
    ("src/threads/pages/new.rs", "fresh", &["/ask?fresh=true&board={board}"]),
    ("src/threads/pages/new.rs", "title", &["/ask/similar?title=falls+lamp"]),
    ("src/threads/pages/show.rs", "at", &["/t/{id}?sort=helpful&from=1&at={id}"]),
    ("src/threads/pages/show.rs", "from", &["/t/{id}?sort=helpful&from={id}"]),
    ("src/threads/pages/show.rs", "page", &["/t/{id}?page={id}"]),
    ("src/threads/pages/show.rs", "quote", &["/t/{id}?quote={id}"]),
    ("src/threads/pages/show.rs", "reply", &["/t/{id}?reply={id}"]),
    ("src/threads/pages/show.rs", "sort", &["/t/{id}?sort=helpful", "/t/{id}?sort=none"]),
    ("src/threads/pages/tag.rs", "below", &["/tags/lamp?below={id}", "/tags/fall?below={id}"]),
    ("src/threads/pages/tag.rs", "from", &["/tags?from={cursor}"]),
];

/// What is asked of a world by every parameter: with everything that it has, and some things that it has not.
pub(super) async fn asked(world: &World) -> Vec<String> {
    let of = async |sql: &str, none: &str| {
        let mut values = world.texts(sql).await;
        values.push(none.to_owned());
        values
    };
    let threads = "select (extract(epoch from last_post_at) * 1000000)::bigint::text || ' ' || id
        from threads";
    let cursors = world.texts(threads).await;
    let mut cursors: Vec<String> = cursors
        .iter()
        .filter_map(|row| {
            let (key, id) = row.split_once(' ')?;
            Some(Cursor { key: key.parse().ok()?, id: id.parse().ok()? }.to_string())
        })
        .collect();
    cursors.push(Cursor { key: 0, id: 0 }.to_string());
    let values = [
        (
            "{id}",
            of("select id::text from posts union select id::text from threads", "999999").await,
        ),
        ("{board}", of("select slug from boards", "none").await),
        ("{member}", of("select handle from members", "none").await),
        ("{cursor}", cursors),
    ];
    let mut all = Vec::new();
    for template in FILTERS.iter().flat_map(|(_, _, templates)| *templates) {
        let mut made = vec![(*template).to_owned()];
        for (gap, values) in &values {
            while made.iter().any(|address: &String| address.contains(gap)) {
                let fill = |address: &String| -> Vec<String> {
                    values.iter().map(|value| address.replacen(gap, value, 1)).collect()
                };
                made = made.iter().flat_map(fill).collect();
            }
        }
        all.extend(made);
    }
    all
}

/// The fields of every struct that is read from behind a question mark, by the file that reads it.
fn parameters() -> BTreeSet<(String, String)> {
    let sources = files("src", &["rs"]);
    let mut found = BTreeSet::new();
    for file in &sources {
        for (at, _) in file.text.match_indices("Query<") {
            let name = file.text[at + 6..].split(['>', '<']).next().unwrap_or_default();
            let name = name.rsplit("::").next().unwrap_or_default();
            if name == "T" || file.path == "src/web/forms.rs" {
                continue;
            }
            let head = format!("struct {name} {{");
            let room = file.path.split('/').nth(1).unwrap_or_default();
            // Its own file before its room, and that before all others.
            let near = |other: &&crate::house_rules::SourceFile| {
                (other.path != file.path, !other.path.starts_with(&format!("src/{room}/")))
            };
            let mut having: Vec<_> =
                sources.iter().filter(|other| other.text.contains(&head)).collect();
            having.sort_by_key(near);
            let text = &having.first().unwrap_or_else(|| panic!("no {name}")).text;
            let body = text.split(&head).nth(1).and_then(|rest| rest.split("\n}").next());
            let mut skipped = false;
            for line in body.unwrap_or_default().lines().map(str::trim) {
                if line.starts_with("#[serde(skip)]") {
                    skipped = true;
                } else if let Some((field, _)) =
                    line.split_once(": ").filter(|_| !line.starts_with(['/', '#']))
                {
                    if !skipped {
                        let field = field.rsplit(' ').next().unwrap_or_default();
                        found.insert((file.path.clone(), field.to_owned()));
                    }
                    skipped = false;
                }
            }
        }
    }
    found
}

#[test]
fn every_parameter_is_asked_for_in_both_worlds() {
    let known: BTreeSet<_> =
        FILTERS.iter().map(|(file, field, _)| ((*file).to_owned(), (*field).to_owned())).collect();

    assert_eq!(parameters(), known, "two_worlds/filters.rs asks for each");
}
