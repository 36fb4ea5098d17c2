//! Every write that hides, moves or changes what somebody else wrote leaves exactly one line in the ledger of
//! moderation, in the transaction that does it: where the line cannot be written, nothing is done.
//!
//! The deeds are those of the router, each done by everybody to everything, so that a new one is among them; what
//! changed is found by comparing the tables.

use crate::permission_crawl::{
    cases::{Case, cases},
    post,
    stage::{ACTORS, Actor, Stage},
    watch::Watch,
};
use axum::http::Method;
use candor::router::routes;
use std::collections::BTreeSet;

/// What of `$actor` is not: posts and threads of others that are gone, or are not what they were when the watch began.
const CHANGED: &str = "
    select 'post ' || was.id
    from watch.posts as was
    left join posts on posts.id = was.id
    where was.author_id <> $actor
        and (posts.thread_id, posts.position, posts.source, posts.removed_at, posts.deleted_at)
            is distinct from (was.thread_id, was.position, was.source, was.removed_at, was.deleted_at)
    union all
    select 'thread ' || was.id
    from watch.threads as was
    left join threads on threads.id = was.id
    left join duplicates on duplicates.thread_id = was.id
    left join watch.duplicates as joined on joined.thread_id = was.id
    where was.author_id <> $actor
        and (
            (threads.board_id, threads.title, threads.locked_at, threads.pinned_to, threads.closed_at)
                is distinct from (was.board_id, was.title, was.locked_at, was.pinned_to, was.closed_at)
            or duplicates.original_id is distinct from joined.original_id
        )";

/// The acts that were written since the watch began.
const ACTS: &str = "select act from moderation_ledger
    where id not in (select id from watch.moderation_ledger) order by id";

/// Every act that the ledger takes.
const KNOWN: &str = "select (regexp_matches(pg_get_constraintdef(oid), '''([a-z_]+)''', 'g'))[1]
    from pg_constraint where conname = 'moderation_ledger_act'";

const REFUSE: &str = "
    create function watch.refuse() returns trigger language plpgsql as $$
    begin
        raise exception 'the ledger is full';
    end $$;
    create trigger refuse before insert on moderation_ledger execute function watch.refuse();";

/// The stage, with a thread that is pinned, one that is joined to another, and a post that flags have hidden.
async fn set() -> Stage {
    let stage = Stage::set().await;
    let world = &stage.world;
    sqlx::raw_sql("update settings set flags_to_hide = 1")
        .execute(&mut world.as_owner().await)
        .await
        .expect("a setting is set");
    let thread = |object: &str| {
        stage.threads.iter().find(|thread| thread.object == object).expect("there is one").id
    };
    let moderator = stage.browser(Actor::Moderator);
    let pin = format!("/t/{}/pin", thread("locked"));
    moderator.post(&pin, &[("to", "board")]).await.expect(303);
    let join = format!("/t/{}/duplicate/of", thread("members"));
    let original = thread("public").to_string();
    moderator.post(&join, &[("original", &original)]).await.expect(303);
    let (_, hidden) = stage.posts.iter().find(|post| post.0 == "locked").expect("there is one");
    for actor in [Actor::Stranger, Actor::Ranked] {
        let flag = format!("/p/{hidden}/flag");
        stage.browser(actor).post(&flag, &[("reason", "abuse")]).await.expect(303);
    }
    world.run_jobs().await;
    stage
}

/// What is sent to an address: what the crawl of permissions sends, and both decisions about what was flagged.
fn all_cases(stage: &Stage, path: &'static str) -> Vec<Case> {
    let mut all = cases(stage, &Method::POST, path);
    if path == "/p/{id}/review" {
        for mut case in cases(stage, &Method::POST, path) {
            case.fields =
                vec![("decision", "remove".into()), ("reason", "Beside the point.".into())];
            all.push(case);
        }
    }
    if path == "/t/{id}/duplicate/of" {
        let original = stage.threads[0].id.to_string();
        for case in &mut all {
            case.fields = vec![("original", original.clone())];
        }
    }
    all
}

#[tokio::test]
async fn every_change_of_what_others_wrote_leaves_one_line_or_is_not_done() {
    let stage = set().await;
    let world = &stage.world;
    let mut watch = Watch::over(world).await;
    let known: BTreeSet<String> = world.texts(KNOWN).await.into_iter().collect();
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    let mut acting = Vec::new();
    for actor in ACTORS {
        let id = match stage.handle(actor) {
            Some(handle) => world.id_of(handle).await.0,
            None => 0,
        };
        let changed = CHANGED.replace("$actor", &id.to_string());
        for route in routes().into_iter().filter(|route| route.method == Method::POST) {
            for case in all_cases(&stage, route.path) {
                let name = format!("{actor:?}: {} {}", route.path, case.object);
                post(&stage.browser(actor), &case.path, &case.sent()).send().await;
                let touched = watch.touched().await;
                if touched.is_empty() {
                    continue;
                }
                let (changed, acts) = (watch.texts(&changed).await, watch.texts(ACTS).await);
                if !changed.is_empty() && acts.len() != 1 {
                    wrong.push(format!("{name} changes {changed:?} and writes {acts:?}"));
                }
                if !acts.is_empty() {
                    acting.push((actor, name, case));
                    seen.extend(acts);
                }
                watch.restore(&touched).await;
            }
        }
    }
    assert!(wrong.is_empty(), "{} deeds: {wrong:#?}", wrong.len());
    assert_eq!(seen, known, "every act is done once");

    watch.texts(REFUSE).await;
    for (actor, name, case) in acting {
        let answer = post(&stage.browser(actor), &case.path, &case.sent()).send().await;
        let touched = watch.touched().await;
        assert_eq!((answer.status.as_u16(), &touched[..]), (500, &[][..]), "{name}");
    }
}
