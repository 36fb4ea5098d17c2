//! No page and no deed costs more because the community is larger.
//!
//! Two communities have the same cast, who see the same: the same boards, threads of the same length, the
//! same inbox. Around them one has a crowd several times that of the other, with everything a crowd
//! leaves behind. Every address is asked for in both, by a guest, a member and a moderator, and every deed is
//! done. PostgreSQL says of each statement how it carried it out: see `plans/explain.rs`. Where one
//! looked at more pages or rows in the large community, beyond what the depth of an index explains, or
//! read a table from end to end that grows, the test fails with that statement, its figures and its
//! plan. It also fails for an address that nobody asked for and for a table that the crowd leaves empty.
//!
//! Statements are planned twice: for their values, and once for any values. PostgreSQL changes from the one to
//! the other after a few executions, when it believes that it costs little.
//!
//! ```text
//! cargo test --test it plans -- --nocapture
//! ```
//!
//! says as well what cost most.

mod deeds;
mod explain;
mod flags;
mod judge;
mod pages;
mod providers;
mod town;
mod walk;

use crate::harness::World;
use explain::Plans;
use judge::Seen;
use std::{
    io::{Write as _, stderr},
    thread,
};
use town::Town;
use tracing_subscriber::{layer::SubscriberExt as _, util::SubscriberInitExt as _};
use walk::Walk;

/// How many times the crowd of the small community the large one has.
const TIMES: u32 = 8;

#[test]
fn no_query_grows_with_the_community() {
    if !on_a_runtime(can_explain()) {
        #[expect(
            clippy::disallowed_methods,
            reason = "whoever runs the test says so, not the server's operator"
        )]
        let must = std::env::var("PLANS").is_ok_and(|what| what == "must");
        assert!(!must, "PostgreSQL lacks its module auto_explain");
        writeln!(stderr(), "SKIPPED: plans are not looked at, for want of auto_explain").unwrap();
        return;
    }
    let (small, large) = see_both();
    println!("{}", judge::costliest(&small, &large));
    let mut wrong = judge::wrong(&small, &large);
    if !wrong.is_empty() {
        // The tests beside this one make so many tables that PostgreSQL now and then forgets all it knows of others,
        // and looks it up again in the midst of a statement. That comes to no statement twice.
        let (small, large) = see_both();
        let again = judge::wrong(&small, &large);
        let first = |what: &String| what.lines().next().map(str::to_owned);
        wrong.retain(|what| again.iter().any(|other| first(other) == first(what)));
    }

    assert!(wrong.is_empty(), "{} things are wrong\n\n{}", wrong.len(), wrong.join("\n\n"));
}

/// What is seen in the small and in the large community.
fn see_both() -> (Seen, Seen) {
    let [small, large] = thread::scope(|scope| {
        let walks = [1, TIMES].map(|times| scope.spawn(move || on_a_runtime(see(times))));
        walks.map(|walk| walk.join().expect("a walk does not panic"))
    });
    (small, large)
}

fn on_a_runtime<T>(work: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime starts").block_on(work)
}

/// It comes with PostgreSQL, but some distributions pack it apart.
async fn can_explain() -> bool {
    let world = World::new().await;
    let mut db = world.as_owner().await;
    sqlx::raw_sql("set role none; load 'auto_explain'").execute(&mut db).await.is_ok()
}

async fn see(times: u32) -> Seen {
    let town = Town::of(times).await;
    let findings = town.findings().await;
    assert!(findings.is_empty(), "this is no community that can exist: {findings:#?}");
    let sizes = town.sizes().await;
    let plans = Plans::default();
    let _hearing = tracing_subscriber::registry().with(plans.0.clone()).set_default();
    let mut walk = Walk::through(&town, plans);
    for (round, planned) in ["for values", "for any"].into_iter().enumerate() {
        walk.have_planned(planned).await;
        pages::look_at_all(&mut walk, round).await;
        deeds::do_all(&mut walk, round).await;
        flags::flag_and_decide(&mut walk, round).await;
    }
    let visits = walk.visits;
    town.end().await;
    Seen { visits, sizes }
}
