//! What those who have a role may do to those who have one: a table, to be read by people.

use crate::{
    harness::{Client, World},
    permission_crawl::watch::Watch,
};
use candor::access::{Level, Subject};
use std::fmt::Write;

/// From below. Sven moderates one board; the second of each is what the first does something to.
const RANKS: [(&str, &str); 5] =
    [("bob", "mia"), ("sven", "sue"), ("tom", "tim"), ("sam", "sal"), ("kim", "kai")];

/// A deed on somebody's post, thread or account.
struct Deed {
    name: &'static str,
    path: String,
    fields: Vec<(&'static str, String)>,
}

/// Everything one may do to somebody who wrote this.
fn deeds(handle: &str, thread: i64, reply: i64) -> Vec<Deed> {
    let deed = |name, path: String, fields: &[(&'static str, &str)]| Deed {
        name,
        path,
        fields: fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
    };
    let member = |deed: &str| format!("/admin/members/{handle}/{deed}");
    let because = ("reason", "It is settled.");
    let role = match handle {
        "tim" => "moderator",
        "kai" => "admin",
        _ => "staff",
    };
    vec![
        deed("remove", format!("/p/{reply}/remove"), &[because]),
        deed("edit", format!("/p/{reply}/edit"), &[("body", "Other words."), because]),
        deed("lock", format!("/t/{thread}/lock"), &[because]),
        deed("close", member("close"), &[("handle", handle)]),
        deed("take factors", member("factors/take"), &[]),
        deed("grant", member("roles"), &[("role", "moderator")]),
        deed("revoke", member("roles/undo"), &[("role", role)]),
    ]
}

#[tokio::test]
async fn who_may_do_what_to_whom() {
    let world = World::new().await;
    let mut people: Vec<(&str, Client)> = Vec::new();
    for (actor, target) in RANKS {
        for handle in [actor, target] {
            let client = match actor {
                "tom" => world.moderator(handle).await,
                "sam" => world.staff(handle).await,
                "kim" => world.admin(handle).await,
                _ => world.member(handle).await,
            };
            if actor == "sven" {
                let scoped = Subject::Member(world.id_of(handle).await);
                world.allow("help", scoped, Some(Level::Moderate)).await;
            }
            people.push((handle, client));
        }
    }
    let client = |handle: &str| &people.iter().find(|person| person.0 == handle).unwrap().1;
    let mut written = Vec::new();
    for (_, target) in RANKS {
        let thread = client(target).start("help", "A lamp flickers", "It does so.").await;
        client(target).say(&thread, "It goes on.").await;
        client(target).add_passkey("My phone").await.1.expect(200);
        written.push((target, thread.id, world.post_at(&thread, 2).await));
    }
    world.run_jobs().await;

    let mut watch = Watch::over(&world).await;
    let mut table = format!("{:<13} {:<6}", "deed", "by");
    for (_, target) in RANKS {
        write!(table, " {target:>4}").unwrap();
    }
    table.push('\n');
    for number in 0..deeds("", 0, 0).len() {
        for (actor, _) in RANKS {
            let mut row = String::new();
            let mut name = "";
            for (target, thread, reply) in &written {
                let deed = deeds(target, *thread, *reply).swap_remove(number);
                name = deed.name;
                let ask = client(actor).copy().ask(axum::http::Method::POST, &deed.path);
                let answer = ask.fields(&deed.fields).send().await;
                let touched = watch.touched().await;
                let done = !touched.is_empty();
                // What is not refused is done, and what is refused is not.
                assert_eq!(
                    answer.status == 303 && done,
                    done,
                    "{actor} {} {target}: {}, {touched:?}",
                    deed.name,
                    answer.status
                );
                watch.restore(&touched).await;
                write!(row, " {:>4}", if done { "done" } else { answer.status.as_str() }).unwrap();
            }
            writeln!(table, "{name:<13} {actor:<6}{row}").unwrap();
        }
    }

    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn whoever_runs_the_community_alone_stays() {
    let world = World::new().await;
    let kim = world.admin("kim").await;

    kim.post("/admin/members/kim/roles/undo", &[("role", "admin")]).await.expect(403);
    kim.post("/admin/members/kim/close", &[("handle", "kim")]).await.expect(403);
    kim.post("/settings/close", &[("handle", "kim"), ("password", "")]).await.expect(403);
    kim.post("/admin/members/kim/factors/take", &[]).await.expect(403);

    kim.get("/admin").await.expect(200);
}
