//! Fields that a form does not know, knows already, or is sent as a list.

use crate::permission_crawl::{
    cases::{Case, cases},
    post,
    stage::{Actor, Stage},
    watch::Watch,
};
use axum::http::Method;
use candor::router::routes;

/// Deeds that read no field: a button alone sends them, and whatever comes along is read by nobody.
const PRESSED: [&str; 49] = [
    "/tags/{name}/follow",
    "/tags/{name}/follow/undo",
    "/drafts/{id}/discard",
    "/t/{id}/follow",
    "/t/{id}/mute",
    "/t/{id}/follow/undo",
    "/t/{id}/lock/undo",
    "/t/{id}/me-too/undo",
    "/t/{id}/duplicate/undo",
    "/t/{id}/solution/none",
    "/t/{id}/pin/undo",
    "/p/{id}/delete",
    "/p/{id}/solution",
    "/p/{id}/solution/undo",
    "/p/{id}/kudos",
    "/p/{id}/kudos/undo",
    "/inbox/{id}/open",
    "/unsubscribe/{token}",
    "/confirm/{token}",
    "/reopen/{token}",
    "/sign-in/passkey/ask",
    "/sign-in/second-step/passkey/ask",
    "/sign-out",
    "/sign-up/waiting/mail",
    "/sign-up/waiting/withdraw",
    "/sign-up/confirm/{token}",
    "/admin/invitations/{id}/withdraw",
    "/settings/sessions/end",
    "/settings/sessions/{id}/end",
    "/settings/confirm",
    "/settings/providers/{slug}/prove",
    "/g/{slug}/join",
    "/g/{slug}/leave",
    "/g/{slug}/request",
    "/g/{slug}/request/undo",
    "/g/{slug}/members/{handle}/remove",
    "/g/{slug}/requests/{handle}/approve",
    "/g/{slug}/requests/{handle}/decline",
    "/admin/boards/{slug}/archive",
    "/admin/boards/{slug}/archive/undo",
    "/admin/groups/{slug}/delete",
    "/admin/groups/{slug}/owners/{handle}",
    "/admin/groups/{slug}/owners/{handle}/undo",
    "/admin/ranks/{slug}/retire",
    "/admin/badges/{slug}/retire",
    "/admin/tags/{name}/synonyms/{synonym}/remove",
    "/admin/members/{handle}/factors/take",
    "/admin/providers/{slug}/test",
    "/uploads/{id}/cancel",
];

/// One takes no form but a piece of a file, the other is not there once a community is set up.
const NONE: [&str; 2] = ["/uploads/{id}", "/set-up"];

/// Files that nothing has become of yet.
const UNDER_WAY: &str = "select count(*) from uploads";

/// Those who have something to do everywhere, between them.
const ACTORS: [Actor; 2] = [Actor::Author, Actor::Admin];

fn takes_fields(path: &str) -> bool {
    !PRESSED.contains(&path)
}

/// Every form of the server, with one case of each: about something that is there.
async fn forms(stage: &Stage) -> Vec<(&'static str, Case)> {
    let all = routes().into_iter();
    let all = all.filter(|route| route.method == Method::POST && !NONE.contains(&route.path));
    all.filter_map(|route| {
        let mut of_route = cases(stage, &route.method, route.path);
        (!of_route.is_empty()).then(|| (route.path, of_route.swap_remove(0)))
    })
    .collect()
}

/// How many times these forms were asked, and what is wrong with how they take what `spoil` makes of its fields.
pub(super) async fn spoiled(
    which: impl Fn(&str) -> bool,
    spoil: impl Fn(&Case) -> Vec<Vec<(String, String)>>,
) -> (usize, Vec<String>) {
    let stage = Stage::set().await;
    let mut watch = Watch::over(&stage.world).await;
    let (mut asked, mut wrong) = (0, Vec::new());
    for (path, case) in forms(&stage).await {
        if !takes_fields(path) || !which(path) {
            continue;
        }
        for actor in ACTORS {
            // To everybody else these do not exist, whatever is sent there.
            if (path.starts_with("/admin") || path.starts_with("/badges/")) && actor != Actor::Admin
            {
                continue;
            }
            for fields in spoil(&case) {
                let client = stage.browser(actor);
                let under_way = stage.world.count(UNDER_WAY).await;
                let answer = post(&client, &case.path, &fields).send().await.status;
                let mut touched = watch.touched().await;
                // Files come before it is known what else does, and go again.
                if stage.world.count(UNDER_WAY).await == under_way {
                    touched.retain(|table| table != "uploads");
                }
                if answer != 400 || !touched.is_empty() {
                    wrong.push(format!("{path}, {actor:?}, {fields:?}: {answer}, {touched:?}"));
                }
                watch.restore(&touched).await;
                asked += 1;
            }
        }
    }
    stage.world.run_jobs().await;
    (asked, wrong)
}

#[tokio::test]
async fn a_field_that_a_form_does_not_know_is_refused_and_nothing_changes() {
    let (asked, wrong) = spoiled(
        |_| true,
        |case| {
            let with = |name: &str| {
                let mut fields = case.sent();
                fields.push((name.to_owned(), "1".to_owned()));
                fields
            };
            // One that means nothing, and such as others have fallen for.
            vec![with("extra"), with("roles"), with("member_id"), with("confirmed")]
        },
    )
    .await;

    assert!(wrong.is_empty(), "{} of {asked} are taken: {wrong:#?}", wrong.len());
    assert!(asked > 300, "{asked}");
}

#[tokio::test]
async fn a_field_that_is_sent_twice_or_as_a_list_is_refused_and_nothing_changes() {
    let (asked, wrong) = spoiled(
        |_| true,
        |case| {
            let fields = case.sent();
            let twice =
                fields.iter().map(|field| [&fields[..], std::slice::from_ref(field)].concat());
            let lists = fields.iter().map(|(name, value)| {
                [&fields[..], &[(format!("{name}[]"), value.clone())]].concat()
            });
            twice.chain(lists).collect()
        },
    )
    .await;

    assert!(wrong.is_empty(), "{} of {asked} are taken: {wrong:#?}", wrong.len());
    assert!(asked > 200, "{asked}");
}

#[tokio::test]
async fn a_deed_that_a_button_alone_sends_reads_no_field() {
    let stage = Stage::set().await;
    let mut watch = Watch::over(&stage.world).await;
    let mut wrong = Vec::new();
    for (path, case) in forms(&stage).await {
        if takes_fields(path) {
            continue;
        }
        assert!(case.fields.is_empty(), "{path} takes fields");
        let mut answers = Vec::new();
        for fields in [&[][..], &[("extra", "1")]] {
            let client = stage.browser(Actor::Admin);
            let answer = client.ask(Method::POST, &case.path).fields(fields).send().await;
            let touched = watch.touched().await;
            watch.restore(&touched).await;
            answers.push((answer.status, touched));
        }
        if answers[0] != answers[1] {
            wrong.push(format!("{path}: {answers:?}"));
        }
    }

    assert!(wrong.is_empty(), "these belong to those that know their fields: {wrong:#?}");
}
