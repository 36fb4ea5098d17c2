//! How each address is asked, and about which objects.

use super::stage::{MISSING, Stage, Subject};
use axum::http::Method;

/// One request.
pub(crate) struct Case {
    /// What it is about; `-` where it is about nothing in particular.
    pub(crate) object: &'static str,
    pub(crate) path: String,
    pub(crate) fields: Vec<(&'static str, String)>,
    /// What an answer may repeat, because whoever asked knew it already.
    known: Vec<String>,
}

impl Case {
    fn of(object: &'static str, path: String) -> Self {
        let known = vec![path.clone()];
        Self { object, path, fields: Vec::new(), known }
    }

    /// What a form sends.
    pub(crate) fn sent(&self) -> Vec<(String, String)> {
        self.fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    }

    /// An answer without what it only repeats.
    pub(crate) fn masked(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for known in &self.known {
            let encoded: String = url::form_urlencoded::byte_serialize(known.as_bytes()).collect();
            text = text.replace(&encoded, "(known)").replace(known, "(known)");
        }
        text
    }
}

/// All requests to one address.
pub(crate) fn cases(stage: &Stage, method: &Method, path: &'static str) -> Vec<Case> {
    let mut cases = objects(stage, path);
    if *method == Method::POST {
        for case in &mut cases {
            let fields = fields(path);
            case.fields = fields.iter().map(|&(name, value)| (name, value.to_owned())).collect();
            if matches!(path, "/ask" | "/ask/attach" | "/t/{id}/replies" | "/t/{id}/attach") {
                // One key for all, which the stage has not used: whatever was written with it is taken back.
                case.fields.push(("form_key", "00000000-0000-4000-9000-000000000001".to_owned()));
            }
        }
    }
    match (method.as_str(), path) {
        ("POST", "/ask") => on_boards(cases, |case, board| case.fields.push(("board", board))),
        ("GET", "/ask") => on_boards(cases, |case, board| {
            case.path = format!("/ask?board={board}");
            case.known.push(case.path.clone());
        }),
        ("POST", "/drafts") => stage.threads.iter().map(draft_in).collect(),
        ("GET", "/search") => on_boards(cases, |case, board| {
            case.path = format!("/search?q=lamp&board={board}");
            case.known.push(case.path.clone());
        }),
        _ => cases,
    }
}

/// A reply that is being written there.
fn draft_in(thread: &Subject) -> Case {
    let mut case = Case::of(thread.object, "/drafts".to_owned());
    let key = "00000000-0000-4000-9000-000000000001";
    let place = format!("t/{}", thread.id);
    case.known.push(place.clone());
    let fields = [("place", place), ("form_key", key.to_owned())];
    case.fields = fields.into_iter().chain([("body", "Half a thought".to_owned())]).collect();
    case
}

const BOARDS: [(&str, &str); 7] = [
    ("public", "help"),
    ("news", "news"),
    ("members", "q-members"),
    ("staff", "q-staff"),
    ("group", "q-group"),
    ("staff", "staff-room"),
    ("missing", "q-nowhere"),
];

const GROUPS: [(&str, &str); 5] = [
    ("open group", "g-open"),
    ("group by request", "g-request"),
    ("group by invitation", "g-invitation"),
    ("hidden group", "g-hidden"),
    ("missing", "g-nowhere"),
];

fn on_boards(cases: Vec<Case>, choose: impl Fn(&mut Case, String)) -> Vec<Case> {
    let plain = &cases[0];
    let of_board = |(object, board): (&'static str, &str)| {
        let mut case = Case::of(object, plain.path.clone());
        case.fields.clone_from(&plain.fields);
        choose(&mut case, board.to_owned());
        case.known.push(board.to_owned());
        case
    };
    BOARDS.into_iter().filter(|board| board.1 != "staff-room").map(of_board).collect()
}

fn objects(stage: &Stage, path: &'static str) -> Vec<Case> {
    let with = |object, name: &str, value: &str| Case::of(object, path.replace(name, value));
    if path.starts_with("/t/{id}") {
        let threads = stage.threads.iter();
        return threads
            .map(|thread| {
                let path = path.replace("{id}", &thread.id.to_string());
                let path = path.replace("{slug}", &thread.slug).replace("{position}", "2");
                Case::of(thread.object, path)
            })
            .collect();
    }
    if path.starts_with("/p/{id}") {
        let posts = stage.posts.iter();
        return posts.map(|(object, id)| with(object, "{id}", &id.to_string())).collect();
    }
    if path.starts_with("/files/{id}") {
        let files = stage.files.iter();
        let path = path.replace("{size}", "small");
        return files
            .map(|(object, id)| Case::of(object, path.replace("{id}", &id.to_string())))
            .collect();
    }
    if path.starts_with("/drafts/{id}") {
        let drafts = [("draft", stage.draft), ("missing", MISSING)];
        return drafts.map(|(object, id)| with(object, "{id}", &id.to_string())).into();
    }
    if path.starts_with("/uploads/{id}") {
        let below = if path.ends_with("}") { "?at=0" } else { "" };
        return vec![
            with("upload", "{id}", &stage.upload),
            with("missing", "{id}", "00000000-0000-7000-8000-000000000000"),
        ]
        .into_iter()
        .map(|mut case| {
            // The way to sign in leads back to it without its query.
            case.path += below;
            case
        })
        .collect();
    }
    if path.starts_with("/inbox/{id}") {
        let notices = stage.notices.iter();
        return notices.map(|(object, id)| with(object, "{id}", &id.to_string())).collect();
    }
    if path.starts_with("/g/{slug}") || path.starts_with("/admin/groups/{slug}") {
        // Stella asked to be let in; Ines is in.
        let handle = if path.contains("/requests/") { "stella" } else { "ines" };
        return GROUPS
            .into_iter()
            .map(|(object, slug)| {
                let mut case =
                    Case::of(object, path.replace("{slug}", slug).replace("{handle}", handle));
                case.known.push(slug.to_owned());
                case
            })
            .collect();
    }
    if path.starts_with("/admin/boards/{slug}") {
        return vec![with("public", "{slug}", "help"), with("missing", "{slug}", "q-nowhere")];
    }
    let of_providers =
        ["/sign-in/with/{slug}", "/settings/providers/{slug}", "/admin/providers/{slug}"];
    if of_providers.iter().any(|of| path.starts_with(of)) {
        return vec![with("provider", "{slug}", "home"), with("missing", "{slug}", "nowhere")];
    }
    if path.starts_with("/admin/categories/{slug}") {
        return vec![with("category", "{slug}", "community"), with("missing", "{slug}", "nowhere")];
    }
    if path.starts_with("/settings/factors/passkeys/{id}") {
        return vec![with("passkey", "{id}", &stage.passkey), with("missing", "{id}", "999999")];
    }
    if path.starts_with("/admin/members/{handle}/sessions") {
        let path = path.replace("{id}", "not-a-session");
        let of = |object, handle| Case::of(object, path.replace("{handle}", handle));
        return vec![of("member", "bob"), of("missing", "nobody")];
    }
    // Somebody who has none: whose they were would be signed out.
    if path == "/admin/members/{handle}/factors/take" {
        return vec![with("member", "{handle}", "bob"), with("missing", "{handle}", "nobody")];
    }
    if path == "/complete/{what}" {
        return vec![with("members", "{what}", "members"), with("missing", "{what}", "nowhere")];
    }
    if path.starts_with("/admin/ranks/{slug}") {
        return vec![with("rank", "{slug}", "expert"), with("missing", "{slug}", "nowhere")];
    }
    if path.starts_with("/admin/badges/{slug}") {
        return vec![with("badge", "{slug}", "proven"), with("missing", "{slug}", "nowhere")];
    }
    if path == "/badges/{slug}/awards/{id}/revoke" {
        return vec![Case::of("missing", "/badges/proven/awards/999999/revoke".to_owned())];
    }
    if path.starts_with("/badges/{slug}") {
        return vec![with("badge", "{slug}", "proven"), with("missing", "{slug}", "nowhere")];
    }
    if path.starts_with("/admin/tags/{name}") {
        // A synonym that there is not, so that the others find the tags as they are.
        let path = path.replace("{synonym}", "none");
        return ["public", "missing"]
            .map(|object| Case::of(object, path.replace("{name}", &format!("tag-{object}"))))
            .into();
    }
    if path.starts_with("/admin/invitations/{id}") {
        return vec![with("invitation", "{id}", "1"), with("missing", "{id}", "999999")];
    }
    if path.starts_with("/admin/members/{handle}") {
        return vec![with("member", "{handle}", "ada"), with("missing", "{handle}", "nobody")];
    }
    if path.starts_with("/admin/texts/{name}") {
        return vec![with("text", "{name}", "about"), with("missing", "{name}", "nothing")];
    }
    match path {
        "/b/{slug}" | "/b/{slug}/leaderboard" | "/b/{slug}/feed.atom" => {
            let boards = BOARDS.into_iter().filter(|board| board.1 != "staff-room");
            boards.map(|(object, slug)| with(object, "{slug}", slug)).collect()
        }
        "/tags/{name}"
        | "/tags/{name}/feed.atom"
        | "/tags/{name}/follow"
        | "/tags/{name}/follow/undo" => {
            ["public", "locked", "closed", "members", "staff", "group", "missing"]
                .map(|object| with(object, "{name}", &format!("tag-{object}")))
                .into()
        }
        "/questions/{which}" => vec![
            with("list", "{which}", "unanswered"),
            with("list", "{which}", "unsolved"),
            with("list", "{which}", "solved"),
            with("missing", "{which}", "waiting"),
        ],
        "/my/{which}" => vec![
            with("list", "{which}", "waiting"),
            with("list", "{which}", "questions"),
            with("list", "{which}", "me-too"),
            with("missing", "{which}", "unsolved"),
        ],
        "/sitemap/{part}" => vec![
            with("boards", "{part}", "boards.xml"),
            with("threads", "{part}", "0.xml"),
            with("missing", "{part}", "1.xml"),
        ],
        "/m/{handle}" | "/m/{handle}/feed.atom" => {
            vec![with("member", "{handle}", "ada"), with("missing", "{handle}", "nobody")]
        }
        "/unsubscribe/{token}" => vec![
            with("link", "{token}", &stage.unsubscribe),
            with("missing", "{token}", "not-a-link"),
        ],
        "/reset-password/{token}" => {
            vec![with("link", "{token}", &stage.reset), with("missing", "{token}", "not-a-link")]
        }
        "/settings/sessions/{id}/end" => {
            vec![with("session", "{id}", &stage.session), with("missing", "{id}", "not-a-session")]
        }
        "/join/{token}" => vec![
            with("invitation", "{token}", &stage.invitation),
            with("missing", "{token}", "not-a-link"),
        ],
        "/sign-up/confirm/{token}" => vec![with("missing", "{token}", "not-a-link")],
        "/reopen/{token}" => vec![with("missing", "{token}", "not-a-link")],
        "/confirm/{token}" => vec![with("missing", "{token}", "not-a-link")],
        "/assets/{hash}/{file}" => vec![
            Case::of("stylesheet", stage.stylesheet.clone()),
            Case::of("missing", "/assets/0/nothing.css".to_owned()),
        ],
        whole if !whole.contains('{') => vec![Case::of("-", whole.to_owned())],
        other => panic!("teach the crawl what {other} is about"),
    }
}

/// Fields with which whoever may do it can do it; where that would cost a password's hashing, fields
/// that are sent back with what is wrong.
pub(crate) fn fields(path: &str) -> &'static [(&'static str, &'static str)] {
    match path {
        "/ask" => &[("title", "Lamp of another kind"), ("body", "It is blue.")],
        "/ask/attach" | "/t/{id}/attach" | "/p/{id}/attach" => &[("body", "See there.")],
        "/drafts" => &[("place", "ask"), ("body", "Half a thought")],
        "/uploads" => &[("name", "a.txt"), ("bytes", "7")],
        "/t/{id}/replies" => &[("body", "One more thing.")],
        "/t/{id}/reading" => &[("position", "2")],
        "/t/{id}/duplicate/of" => &[("original", "1")],
        "/t/{id}/reading/order" => &[("order", "time")],
        "/t/{id}/lock" | "/p/{id}/remove" => &[("reason", "It is settled.")],
        "/p/{id}/flag" => &[("reason", "spam"), ("note", "It sells lamps.")],
        "/p/{id}/review" => &[("decision", "keep"), ("reason", "It is kind.")],
        "/t/{id}/pin" => &[("to", "board")],
        "/t/{id}/me-too" => &[("about", "Hub 2")],
        "/p/{id}/confirmation" => &[("answer", "solved")],
        "/p/{id}/edit" => &[("body", "Better words."), ("reason", "Names an address.")],
        "/preview" => &[("body", "**Bold**")],
        "/inbox/read" => &[("newest", "1")],
        "/sign-in" => &[("login", ""), ("password", "")],
        "/set-up" => &[("deed", "finish")],
        "/set-up/code" => &[("code", "AAAA-BBBB-CCCC-DDDD")],
        "/admin/providers" | "/admin/providers/{slug}" => &[
            ("name", "Elsewhere"),
            ("issuer", "https://id.example.com"),
            ("client_id", "candor"),
            ("position", "1"),
        ],
        "/sign-in/arrival" => &[("handle", "zoe"), ("name", "Zoe"), ("email", "zoe@example.com")],
        "/admin/approvals" => &[("approve", "999999")],
        "/admin/invitations" => &[("uses", "1"), ("days", "14")],
        "/admin/new-invitations" => &[("list", "zoe@example.com"), ("days", "14")],
        "/sign-up" | "/join/{token}" => {
            &[("handle", "zoe"), ("name", "Zoe"), ("email", "none"), ("password", "x")]
        }
        "/sign-in/passkey"
        | "/sign-in/second-step/passkey"
        | "/settings/factors/passkeys/finish" => &[("challenge", "none"), ("credential", "{}")],
        "/sign-in/second-step" | "/settings/factors/app/confirm" => &[("code", "000000")],
        "/settings/factors/app/remove" => &[("password", ""), ("code", "000000")],
        "/settings/factors/passkeys" | "/settings/factors/passkeys/{id}" => &[("name", "My phone")],
        "/reading" => &[("size", "large"), ("density", "airy")],
        "/settings/email" => &[("email", "none"), ("password", "")],
        "/settings/password" => &[("current_password", ""), ("new_password", "x")],
        // Of nobody: whoever else is in the table is still needed.
        "/settings/close" | "/admin/members/{handle}/close" => &[("handle", "not-this-one")],
        "/reset-password" => &[("login", "ada")],
        "/reset-password/{token}" => &[("password", "short")],
        "/settings" => &[("name", "Somebody"), ("about", "Here for the lamps.")],
        "/g/{slug}/members" | "/admin/groups/{slug}/members" => &[("handle", "bob")],
        "/admin/ranks" | "/admin/ranks/{slug}" => &[("name", "Friend"), ("formula", "true >")],
        "/admin/badges" | "/admin/badges/{slug}" => &[("name", "Friend"), ("formula", "true >")],
        "/badges/{slug}/awards" => &[("handle", "nobody"), ("reason", "Kind.")],
        "/badges/{slug}/awards/{id}/revoke" => &[("reason", "Unkind.")],
        "/admin/points" => &[("solution", "nothing")],
        "/admin/tags/{name}" => &[("name", "tag-public"), ("description", "Of lamps.")],
        "/admin/tags/{name}/synonyms" => &[("synonym", "???")],
        "/admin/groups" | "/admin/groups/{slug}" => &[("name", "Friends of lamps")],
        "/consent" => &[("version", "1")],
        "/admin/texts/{name}" => &[("body", "About us."), ("deed", "preview")],
        "/admin/settings" => &[("brand", "Lamps and Co")],
        "/admin/categories" | "/admin/categories/{slug}" => &[("name", "About lamps")],
        "/admin/boards" | "/admin/boards/{slug}" => {
            &[("name", "Lamps"), ("category", "community"), ("icon", "help"), ("tone", "2")]
        }
        // Of an order that nobody looked at, so that the others keep theirs.
        "/admin/order" => &[("version", "none")],
        "/admin/boards/{slug}/move" | "/admin/categories/{slug}/move" => &[("to", "down")],
        "/admin/boards/{slug}/rights" | "/admin/categories/{slug}/rights" => {
            &[("role.guest", "see"), ("role.member", "reply"), ("role.member.upload", "yes")]
        }
        "/admin/members/{handle}/sessions/end" | "/admin/members/{handle}/sessions/{id}/end" => {
            &[("reason", "A lost phone.")]
        }
        "/admin/members/{handle}/roles" | "/admin/members/{handle}/roles/undo" => {
            &[("role", "staff")]
        }
        "/g/{slug}/join"
        | "/g/{slug}/leave"
        | "/g/{slug}/request"
        | "/g/{slug}/request/undo"
        | "/g/{slug}/members/{handle}/remove"
        | "/g/{slug}/requests/{handle}/approve"
        | "/g/{slug}/requests/{handle}/decline"
        | "/admin/boards/{slug}/archive"
        | "/admin/boards/{slug}/archive/undo"
        | "/admin/groups/{slug}/owners/{handle}"
        | "/admin/groups/{slug}/owners/{handle}/undo"
        | "/admin/groups/{slug}/delete"
        | "/sign-up/waiting/mail"
        | "/sign-up/waiting/withdraw"
        | "/sign-up/confirm/{token}"
        | "/admin/invitations/{id}/withdraw"
        | "/admin/ranks/{slug}/retire"
        | "/drafts/{id}/discard"
        | "/admin/badges/{slug}/retire"
        | "/admin/tags/{name}/synonyms/{synonym}/remove"
        | "/tags/{name}/follow"
        | "/tags/{name}/follow/undo"
        | "/uploads/{id}"
        | "/uploads/{id}/cancel"
        | "/t/{id}/follow"
        | "/t/{id}/mute"
        | "/t/{id}/follow/undo"
        | "/t/{id}/lock/undo"
        | "/t/{id}/me-too/undo"
        | "/t/{id}/duplicate/undo"
        | "/t/{id}/solution/none"
        | "/t/{id}/pin/undo"
        | "/p/{id}/delete"
        | "/p/{id}/solution"
        | "/p/{id}/solution/undo"
        | "/p/{id}/kudos"
        | "/p/{id}/kudos/undo"
        | "/p/{id}/restore"
        | "/inbox/{id}/open"
        | "/unsubscribe/{token}"
        | "/confirm/{token}"
        | "/reopen/{token}"
        | "/settings/data"
        | "/sign-out"
        | "/sign-in/passkey/ask"
        | "/sign-in/second-step/passkey/ask"
        | "/settings/factors/app"
        | "/settings/factors/codes"
        | "/settings/factors/passkeys/{id}/remove"
        | "/admin/members/{handle}/factors/take"
        | "/sign-in/with/{slug}"
        | "/sign-in/arrival/link"
        | "/settings/providers/{slug}/link"
        | "/settings/providers/{slug}/unlink"
        | "/settings/providers/{slug}/prove"
        | "/admin/providers/{slug}/test"
        | "/settings/confirm"
        | "/settings/sessions/end"
        | "/settings/sessions/{id}/end" => &[],
        other => panic!("teach the crawl what POST {other} takes"),
    }
}
