//! Deeds, sweeps and administrators who move ranks at the same time: nobody overwrites another, and nobody
//! waits for ever. Each test holds a row in a transaction of its own, so that the order is always the same.

use crate::harness::{Client, World};
use candor::realtime::News;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// What takes its turn: so many of these after the beginning.
fn turn(number: u32) -> tokio::time::Sleep {
    tokio::time::sleep(Duration::from_millis(400) * number)
}

async fn execute(db: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(db).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// Says what a rank takes.
async fn set(kim: &Client, slug: &str, formula: &str) {
    let form = kim.get(&format!("/admin/ranks/{slug}")).await.form("rank");
    let look = form.set("formula", formula).send().await.expect(200);
    look.form("rank").send().await.expect(303);
}

async fn rank(world: &World, handle: &str) -> String {
    let page = world.guest().get(&format!("/m/{handle}")).await.expect(200);
    page.texts(".profile__line .rank").concat()
}

#[tokio::test]
async fn a_rank_that_a_deed_gives_during_a_sweep_is_kept() {
    let world = World::new().await;
    let (kim, ada, bob) =
        (world.admin("kim").await, world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    let post = world.post_at(&thread, 2).await;
    set(&kim, "neighbour", "points >= 1").await;
    set(&kim, "contributor", "points >= 17").await;
    let mut other = world.as_owner().await;
    let mut holding = other.begin().await.unwrap();
    // The sweep gives to Ada first, and waits with what it thinks of Bob in its hand.
    let ada_stands = format!(
        "select from member_ranks where member_id = {} for update",
        world.id_of("ada").await
    );
    execute(&mut holding, &ada_stands).await;

    tokio::join!(
        world.run_chores(),
        async {
            turn(1).await;
            ada.press(&format!("/p/{post}/solution")).await.expect(303);
        },
        async {
            turn(2).await;
            holding.commit().await.unwrap();
        },
    );

    assert_eq!(rank(&world, "bob").await, "Contributor");
    world.run_jobs().await;
}

#[tokio::test]
async fn a_rank_is_added_while_the_sweep_gives_ranks() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    ada.start("help", "A lamp flickers", "It does.").await;
    let form = kim.get("/admin/new-rank").await.form("rank").set("name", "Starter");
    let look = form.set("formula", "threads >= 9").set("above", "newcomer").send().await;
    let look = look.expect(200);
    let mut other = world.as_owner().await;
    let mut sweep = other.begin().await.unwrap();
    execute(&mut sweep, "select from rank_sweep for update").await;

    tokio::join!(
        async {
            look.form("rank").send().await.expect(303);
        },
        async {
            turn(1).await;
            let give = format!(
                "update member_ranks set rank_id = (select id from ranks where slug = 'contributor')
                where member_id = {}",
                world.id_of("ada").await
            );
            execute(&mut sweep, &give).await;
            sweep.commit().await.unwrap();
        },
    );

    world.run_chores().await;
    world.run_jobs().await;
}

#[tokio::test]
async fn a_rank_is_not_taken_from_the_ladder_while_somebody_comes_to_it() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    ada.start("help", "A lamp flickers", "It does.").await;
    let form = kim.get("/admin/new-rank").await.form("rank").set("name", "Starter");
    let look = form.set("formula", "threads >= 9").set("above", "newcomer").send().await;
    look.expect(200).form("rank").send().await.expect(303);
    world.run_chores().await;
    let page = kim.get("/admin/ranks/starter").await;
    let mut other = world.as_owner().await;
    let mut deed = other.begin().await.unwrap();
    let give = format!(
        "update member_ranks set rank_id = (select id from ranks where slug = 'starter')
        where member_id = {}",
        world.id_of("ada").await
    );
    execute(&mut deed, &give).await;

    tokio::join!(
        async {
            page.form("retire").send().await.expect(403);
        },
        async {
            turn(1).await;
            deed.commit().await.unwrap();
        },
    );

    assert_eq!(rank(&world, "ada").await, "Starter");
    world.run_jobs().await;
}

#[tokio::test]
async fn kudos_do_not_block_the_author_who_takes_the_post_back() {
    let world = World::new().await;
    let (ada, bob, cleo) =
        (world.member("ada").await, world.member("bob").await, world.member("cleo").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    let post = world.post_at(&thread, 2).await;
    ada.press(&format!("/p/{post}/solution")).await.expect(303);
    let mut other = world.as_owner().await;
    let mut holding = other.begin().await.unwrap();
    let bob_himself =
        format!("select from members where id = {} for no key update", world.id_of("bob").await);
    execute(&mut holding, &bob_himself).await;

    tokio::join!(
        async {
            bob.press(&format!("/p/{post}/delete")).await.expect(303);
        },
        async {
            turn(1).await;
            // What is gone meanwhile cannot be thanked for.
            cleo.press(&format!("/p/{post}/kudos")).await.expect(403);
        },
        async {
            turn(2).await;
            holding.commit().await.unwrap();
        },
    );

    assert_eq!(world.count("select count(*) from kudos").await, 0);
    world.run_jobs().await;
}

#[tokio::test]
async fn authors_whose_solutions_fall_together_are_held_in_one_order() {
    let world = World::new().await;
    let (ada, low, high) =
        (world.member("ada").await, world.member("low").await, world.member("high").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    high.say(&thread, "Try the switch.").await;
    low.say(&thread, "Try another bulb.").await;
    let posts = [world.post_at(&thread, 2).await, world.post_at(&thread, 3).await];
    for post in posts {
        ada.press(&format!("/p/{post}/solution")).await.expect(303);
    }
    let mut others = Vec::new();
    for number in 0..6 {
        let other = world.member(&format!("other{number}")).await;
        other.press(&thread.deed("me-too")).await.expect(303);
        let answer = if number < 3 { "solved" } else { "unsolved" };
        for post in posts {
            other.post(&format!("/p/{post}/confirmation"), &[("answer", answer)]).await.expect(303);
        }
        others.push(other);
    }
    let mut other = world.as_owner().await;
    let mut holding = other.begin().await.unwrap();
    let hold = async |db: &mut PgConnection, handle: &str| {
        let id = world.id_of(handle).await;
        execute(db, &format!("select from members where id = {id} for no key update")).await;
    };
    hold(&mut holding, "low").await;

    tokio::join!(
        async {
            others[0].press(&thread.deed("me-too/undo")).await.expect(303);
        },
        async {
            turn(1).await;
            hold(&mut holding, "high").await;
            holding.commit().await.unwrap();
        },
    );

    let standing = "select count(*) from acceptances where undone_at is null";
    assert_eq!(world.count(standing).await, 0, "two of five are too few");
    world.run_jobs().await;
}

#[tokio::test]
async fn open_pages_hear_that_a_rank_was_lost() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    let post = world.post_at(&thread, 2).await;
    ada.press(&format!("/p/{post}/solution")).await.expect(303);
    ada.press(&format!("/p/{post}/solution/undo")).await.expect(303);
    let stop = CancellationToken::new();
    let mut news = world.app.hub.changes();
    let listening = world.app.hub.clone().listen(world.app.db.clone(), stop.clone());

    tokio::join!(listening, async {
        turn(1).await;
        world.run_jobs().await;
        let heard = async { while !matches!(news.recv().await, Ok(News::Rights(_))) {} };
        let heard = tokio::time::timeout(Duration::from_secs(5), heard).await;
        stop.cancel();
        heard.expect("rights were announced");
    });
}
