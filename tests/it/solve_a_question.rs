//! Marking the solution of a question.

use crate::harness::{Begun, Client, World};
use candor::access::{Capability, settle_capabilities};

struct Stage {
    world: World,
    ada: Client,
    bob: Client,
    thread: Begun,
}

/// Ada asked; Bob answered at 2, Carla at 3.
async fn stage() -> Stage {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    world.member("carla").await.say(&thread, "Try the switch.").await;
    world.run_jobs().await;
    Stage { world, ada, bob, thread }
}

impl Stage {
    async fn solution(&self, position: i32) -> String {
        format!("/p/{}/solution", self.world.post_at(&self.thread, position).await)
    }

    async fn points(&self, handle: &str) -> i64 {
        let sql = "select coalesce(max(total), 0) from metric_totals join members on members.id = member_id
            where metric = 'points' and handle = ";
        self.world.count(&format!("{sql}'{handle}'")).await
    }
}

#[tokio::test]
async fn who_asked_marks_the_solution() {
    let stage = stage().await;

    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    let answer = page.part("#p2").button("Mark as solution").press().await.expect(303);
    let page = answer.follow().await.expect(200);
    stage.world.run_jobs().await;

    assert_eq!(page.texts(".notice--good"), ["Marked as the solution."]);
    let solution = page.part("section.solution").words();
    assert!(solution.contains("Accepted by Ada on 2 Mar 2026"), "{solution}");
    assert!(solution.contains("Try another bulb."));
    let board = stage.world.guest().get("/b/help").await.expect(200);
    assert_eq!(board.texts(".chip--solved"), ["Solved"]);
    let unsolved = stage.world.guest().get("/b/help?sort=unsolved").await.expect(200);
    assert!(!unsolved.text.contains("flickers"));
}

#[tokio::test]
async fn staff_and_moderators_may_as_well_and_nobody_else() {
    let stage = stage().await;
    let solution = stage.solution(2).await;

    stage.world.guest().press(&solution).await.expect(401);
    assert!(!stage.bob.get(&stage.thread.url).await.text.contains(&solution));
    stage.bob.press(&solution).await.expect(403);
    stage.bob.press(&format!("{solution}/undo")).await.expect(403);
    for person in [stage.world.staff("sam").await, stage.world.moderator("tom").await] {
        person.press(&solution).await.expect(303);
        person.press(&format!("{solution}/undo")).await.expect(303);
    }
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn whom_a_rank_grants_it_may_as_long_as_it_does() {
    let stage = stage().await;
    let (solution, bob) = (stage.solution(3).await, stage.world.id_of("bob").await);
    let mut db = stage.world.app.db.acquire().await.unwrap();

    let now = stage.world.app.now();
    settle_capabilities(&mut db, &[bob], &[(bob, Capability::Accept)], now).await.unwrap();
    let page = stage.bob.get(&stage.thread.url).await.expect(200);
    page.part("#p3").button("Mark as solution").press().await.expect(303);
    settle_capabilities(&mut db, &[bob], &[], now).await.unwrap();
    stage.bob.press(&format!("{solution}/undo")).await.expect(403);
    stage.world.run_jobs().await;

    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    assert!(page.part("section.solution").words().contains("Accepted by Bob on 2 Mar 2026"));
}

#[tokio::test]
async fn several_replies_make_up_an_answer() {
    let stage = stage().await;

    stage.ada.press(&stage.solution(2).await).await.expect(303);
    stage.ada.press(&stage.solution(2).await).await.expect(303);
    assert_eq!((stage.points("bob").await, stage.points("carla").await), (17, 2));
    stage.ada.press(&stage.solution(3).await).await.expect(303);
    stage.world.run_jobs().await;

    assert_eq!((stage.points("bob").await, stage.points("carla").await), (17, 17));
    let page = stage.bob.get(&stage.thread.url).await.expect(200);
    assert_eq!(page.texts("section.solution h2"), ["Solution in 2 parts"]);
    let links = page.part("section.solution").hrefs();
    for position in [2, 3] {
        let context = format!("/t/{}/p/{position}", stage.thread.id);
        assert!(links.contains(&context), "{links:?}");
    }

    stage.ada.press(&format!("{}/undo", stage.solution(2).await)).await.expect(303);
    stage.world.run_jobs().await;
    assert_eq!((stage.points("bob").await, stage.points("carla").await), (2, 17));
    let page = stage.bob.get(&stage.thread.url).await.expect(200);
    assert_eq!(page.texts("section.solution h2"), ["Solution"]);
    assert_eq!(page.texts(".thread__solved").len(), 1, "the other part still solves it");
}

#[tokio::test]
async fn an_answer_has_no_more_than_five_parts() {
    let stage = stage().await;
    for number in 4..=7 {
        stage.bob.say(&stage.thread, &format!("Try lamp {number}.")).await;
    }
    for position in 2..=6 {
        stage.ada.press(&stage.solution(position).await).await.expect(303);
    }

    stage.ada.press(&stage.solution(7).await).await.expect(403);

    stage.ada.press(&format!("{}/undo", stage.solution(2).await)).await.expect(303);
    stage.ada.press(&stage.solution(7).await).await.expect(303);
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn the_mark_is_taken_away_again() {
    let stage = stage().await;
    stage.ada.press(&stage.solution(2).await).await.expect(303);

    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    page.button("Not the solution after all").press().await.expect(303);
    stage.world.run_jobs().await;

    let page = stage.bob.get(&stage.thread.url).await.expect(200);
    assert!(page.texts("section.solution").is_empty());
    assert_eq!(stage.points("bob").await, 2);
    let inbox = stage.bob.get("/inbox").await.expect(200);
    assert!(
        !inbox.part("main").words().contains("solution"),
        "nobody is told of a mark that is gone"
    );
}

#[tokio::test]
async fn removing_the_solution_leaves_the_question_open() {
    let stage = stage().await;
    stage.ada.press(&stage.solution(2).await).await.expect(303);
    let (post, tom) = (stage.solution(2).await, stage.world.moderator("tom").await);

    tom.post(&post.replace("solution", "remove"), &[("reason", "Dangerous.")]).await.expect(303);
    assert_eq!(stage.points("bob").await, 0);
    tom.press(&post.replace("solution", "restore")).await.expect(303);
    stage.world.run_jobs().await;

    let page = stage.bob.get(&stage.thread.url).await.expect(200);
    assert!(page.texts("section.solution").is_empty(), "a restored reply is a reply");
    assert_eq!(stage.points("bob").await, 2);
}

#[tokio::test]
async fn ones_own_reply_solves_and_earns_nothing() {
    let stage = stage().await;
    stage.ada.say(&stage.thread, "It was the switch.").await;
    let before = stage.points("ada").await;

    stage.ada.press(&stage.solution(4).await).await.expect(303);
    stage.world.run_jobs().await;

    assert_eq!(stage.points("ada").await, before);
    assert_eq!(stage.ada.get(&stage.thread.url).await.texts("section.solution").len(), 1);
}

#[tokio::test]
async fn questions_do_not_solve_themselves_and_talk_has_no_solution() {
    let stage = stage().await;
    let talk = stage.ada.start("lounge", "Lamps we love", "Mine is red.").await;
    stage.bob.say(&talk, "Mine is blue.").await;
    stage.world.run_jobs().await;

    stage.ada.press(&stage.solution(1).await).await.expect(403);
    let post = stage.world.post_at(&talk, 2).await;
    stage.ada.press(&format!("/p/{post}/solution")).await.expect(403);
}
