//! One walk through everything at once: a question, answers, thanks, a lock. What each deed promises in
//! particular is tested in its own file.

use crate::harness::World;

#[tokio::test]
async fn a_question_is_asked_answered_thanked_for_and_locked() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let (grace, tom) = (world.staff("grace").await, world.moderator("tom").await);

    let ask = ada.get("/ask?board=help").await.expect(200).form("new-thread");
    let ask = ask.set("title", "The printer is offline").set("body", "Since *this morning*.");
    let thread = ask.send_as("Ask the question").await.expect(303).location().to_owned();
    world.run_jobs().await;

    for (client, words) in [(&bob, "Is the cable in?"), (&grace, "We are looking at it.")] {
        let reply = client.get(&thread).await.expect(200).form("reply").set("body", words);
        reply.send_as("Post reply").await.expect(303);
        world.run_jobs().await;
    }
    let page = ada.get(&thread).await.expect(200);
    assert_eq!(page.texts("article.post .prose").len(), 3, "{}", page.outline());

    page.part("#p2").button("Kudos").press().await.expect(303);
    world.run_jobs().await;

    let page = tom.get(&thread).await.expect(200);
    let lock = tom.get(&page.link("Lock thread…")).await.expect(200);
    let lock = lock.form("Lock thread").set("reason", "Solved on the telephone.");
    lock.send().await.expect(303);
    world.run_jobs().await;
    let locked = bob.get(&thread).await.expect(200);
    assert!(locked.texts("form#reply").is_empty(), "customers cannot reply any more");
    let thanked = grace.get(&thread).await.expect(200);
    thanked.part("#p2").button("Kudos 1").press().await.expect(303);
    tom.get(&thread).await.button("Unlock thread").press().await.expect(303);
    world.run_jobs().await;
    let unlocked = bob.get(&thread).await.expect(200);
    assert_eq!(unlocked.texts("form#reply").len(), 1);
}

#[tokio::test]
async fn boards_exist_for_those_who_may_see_them() {
    let world = World::new().await;
    let (guest, ada) = (world.guest(), world.member("ada").await);
    let (grace, tom, ruth) =
        (world.staff("grace").await, world.moderator("tom").await, world.admin("ruth").await);

    for (client, beta, staff_room) in [
        (&guest, 404, 404),
        (&ada, 200, 404),
        (&grace, 200, 200),
        (&tom, 200, 200),
        (&ruth, 200, 200),
    ] {
        client.get("/b/help").await.expect(200);
        client.get("/b/beta").await.expect(beta);
        client.get("/b/staff-room").await.expect(staff_room);
    }
}

#[tokio::test]
#[should_panic(expected = "left undone")]
async fn a_test_that_leaves_jobs_undone_fails() {
    let world = World::new().await;
    let fields = [
        ("handle", "ada"),
        ("name", "Ada"),
        ("email", "ada@example.com"),
        ("password", "correct horse battery"),
    ];
    world.guest().post("/sign-up", &fields).await.expect(303);
}
