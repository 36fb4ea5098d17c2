//! Where a request names several things, they belong together, or nothing is done.

use crate::harness::World;
use candor::groups::Kind;

async fn is_in(world: &World, group: &str, handle: &str) -> bool {
    let sql = format!(
        "select count(*) from group_members
        join groups on groups.id = group_id and groups.slug = '{group}'
        join members on members.id = member_id and members.handle = '{handle}'"
    );
    world.count(&sql).await == 1
}

#[tokio::test]
async fn who_is_let_in_or_out_is_in_that_very_group_or_asked_for_it() {
    let world = World::new().await;
    let (olga, bob) = (world.member("olga").await, world.member("bob").await);
    world.member("ada").await;
    for slug in ["one", "two"] {
        world.group(slug, Kind::Request, &["olga"]).await;
        world.own(slug, "olga").await;
    }
    let ruler = world.ruler().await;
    candor::groups::add(&world.app, ruler.member(), "one", "ada").await.unwrap();
    bob.press("/g/one/request").await.expect(303);

    // Olga may do all of this, in the other group.
    olga.press("/g/two/members/ada/remove").await.expect(303);
    assert!(is_in(&world, "one", "ada").await);
    olga.press("/g/two/requests/bob/decline").await;
    olga.press("/g/two/requests/bob/approve").await;
    assert!(!is_in(&world, "one", "bob").await && !is_in(&world, "two", "bob").await);
    olga.press("/g/one/requests/bob/approve").await.expect(303);
    assert!(is_in(&world, "one", "bob").await && !is_in(&world, "two", "bob").await);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_passkey_goes_to_whoever_began_to_make_it() {
    let world = World::new().await;
    world.account("ada").await;
    world.account("bob").await;
    let (ada, bob) = (world.after_password("ada").await, world.after_password("bob").await);
    let password = crate::harness::PASSWORD;
    let (of_ada, _, made_by_ada) = ada.made_passkey("Hers", password).await;
    let (of_bob, _, made_by_bob) = bob.made_passkey("His", password).await;

    let finish = "/settings/factors/passkeys/finish";
    for (client, challenge, credential) in [
        (&bob, &of_ada, &made_by_ada),
        (&bob, &of_ada, &made_by_bob),
        (&bob, &of_bob, &made_by_ada),
    ] {
        let fields = [("challenge", &challenge[..]), ("credential", credential)];
        let answer = client.post(finish, &fields).await;
        assert_ne!(answer.status, 200, "{}", answer.words());
        assert_eq!(world.count("select count(*) from passkeys").await, 0);
    }
    world.run_jobs().await;
}

#[tokio::test]
async fn the_key_of_somebody_elses_form_leads_nowhere() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let fields = [
        ("board", "beta"),
        ("title", "A lamp of Ada's"),
        ("body", "It flickers."),
        ("form_key", "00000000-0000-4000-8000-000000000007"),
    ];
    let hers = ada.post("/ask", &fields).await.expect(303).location().to_owned();
    assert_eq!(ada.post("/ask", &fields).await.expect(303).location(), hers);

    let his = bob.post("/ask", &fields).await.expect(303).location().to_owned();

    assert_ne!(his, hers);
    assert!(bob.get(&his).await.expect(200).words().contains("Bob"));
    world.run_jobs().await;
}

#[tokio::test]
async fn reading_up_to_a_line_of_somebody_elses_inbox_reads_ones_own() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does so.").await;
    bob.say(&thread, "Mine as well, @ada.").await;
    world.run_jobs().await;
    let unseen = "select count(*) from notifications where seen_at is null";
    assert_eq!(world.count(unseen).await, 1);
    let line = world.count("select id from notifications").await.to_string();

    bob.post("/inbox/read", &[("newest", &line)]).await.expect(303);
    assert_eq!(world.count(unseen).await, 1);
    bob.post(&format!("/inbox/{line}/open"), &[]).await.expect(404);
    assert_eq!(world.count(unseen).await, 1);
    ada.post("/inbox/read", &[("newest", &line)]).await.expect(303);
    assert_eq!(world.count(unseen).await, 0);
}

#[tokio::test]
async fn a_reply_answers_a_post_of_its_own_thread() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let long = ada.start("beta", "A long one", "It is long.").await;
    for number in 0..3 {
        ada.say(&long, &format!("Number {number}.")).await;
    }
    let short = ada.start("help", "A short one", "It is short.").await;
    world.run_jobs().await;

    // The third post there is none here.
    for at in ["3", "-1", "0", "2147483647"] {
        let fields =
            [("body", "To whom?"), ("reply_to", at), ("form_key", &crate::harness::form_key())];
        let answer = bob.post(&short.deed("replies"), &fields).await;
        assert!(matches!(answer.status.as_u16(), 303 | 422), "{at}: {}", answer.status);
    }
    let astray = "select count(*) from posts as reply
        join posts as answered on answered.id = reply.reply_to_id
        where answered.thread_id <> reply.thread_id";
    assert_eq!(world.count(astray).await, 0);
    world.run_jobs().await;
}
