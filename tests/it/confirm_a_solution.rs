//! People with the same problem say whether an accepted reply solved it.

use crate::harness::{Begun, Client, World};

struct Stage {
    world: World,
    ada: Client,
    thread: Begun,
    /// The first accepted reply, Bob's at 2; Carla's stands at 3.
    reply: i64,
    others: Vec<Client>,
}

/// Ada's question is solved by Bob, and so many others have the problem as well.
async fn stage(others: usize) -> Stage {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    world.member("carla").await.say(&thread, "Try the switch.").await;
    let reply = world.post_at(&thread, 2).await;
    ada.press(&format!("/p/{reply}/solution")).await.expect(303);
    let mut stage = Stage { world, ada, thread, reply, others: Vec::new() };
    for number in 0..others {
        let other = stage.world.member(&format!("other{number}")).await;
        other.press(&stage.thread.deed("me-too")).await.expect(303);
        stage.others.push(other);
    }
    stage.world.run_jobs().await;
    stage
}

impl Stage {
    async fn say(&self, who: usize, answer: &str) {
        self.others[who].post(&self.address(), &[("answer", answer)]).await.expect(303);
    }

    fn address(&self) -> String {
        format!("/p/{}/confirmation", self.reply)
    }

    async fn solution(&self) -> String {
        self.world
            .guest()
            .get(&self.thread.url)
            .await
            .expect(200)
            .texts("section.solution")
            .concat()
    }

    async fn points(&self, handle: &str) -> i64 {
        let sql = "select coalesce(max(total), 0) from metric_totals join members on members.id = member_id
            where metric = 'points' and handle = ";
        self.world.count(&format!("{sql}'{handle}'")).await
    }
}

#[tokio::test]
async fn the_solution_says_how_many_of_those_who_answered_it_helped() {
    let stage = stage(3).await;

    let page = stage.others[0].get(&stage.thread.url).await.expect(200);
    page.button("Solved it for me").press().await.expect(303);
    stage.say(1, "unsolved").await;
    let one_of_two = stage.solution().await;
    stage.say(1, "solved").await;
    stage.say(1, "solved").await;

    assert!(one_of_two.contains("Confirmed by 1 of 2"), "{one_of_two}");
    let changed = stage.solution().await;
    assert!(changed.contains("Confirmed by 2 of 2"), "an answer is changed, not added: {changed}");
    let page = stage.others[1].get(&stage.thread.url).await.expect(200);
    assert_eq!(page.texts(".solution__ask [aria-pressed=true]"), ["Solved it for me"]);
}

/// What five or more say, in this order, and whether the question stays solved.
const HISTORIES: [(&str, bool); 6] = [
    ("----", true),
    ("-----", false),
    ("++---", false),
    ("--++-+", false),
    ("+++--", true),
    ("+-+-+-", true),
];

#[tokio::test]
async fn a_question_is_open_again_when_most_of_five_deny_its_solution() {
    for (answers, stays) in HISTORIES {
        let stage = stage(answers.len()).await;

        for (who, answer) in answers.chars().enumerate() {
            let answer = if answer == '+' { "solved" } else { "unsolved" };
            let answered = stage.others[who].post(&stage.address(), &[("answer", answer)]).await;
            assert!(matches!(answered.status.as_u16(), 303 | 403), "{answers}");
        }
        stage.world.run_jobs().await;

        assert_eq!(!stage.solution().await.is_empty(), stays, "{answers}");
        // Two for the reply, fifteen for the solution, and two for each who confirms it.
        let confirmed = answers.matches('+').count() as i64;
        let points = if stays { 17 + 2 * confirmed } else { 2 };
        assert_eq!(stage.points("bob").await, points, "{answers}: exactly what it earned goes");
        let left = "select count(*) from metric_events where cause like 'acceptance:%:undone'";
        let earned = "select count(*) from metric_events where cause ~ '^acceptance:[0-9]+$'";
        let undone = if stays { 0 } else { stage.world.count(earned).await };
        assert_eq!(stage.world.count(left).await, undone, "{answers}");
    }
}

/// What Bob's profile says of people helped; empty where it says nothing.
async fn helped(stage: &Stage) -> String {
    stage.world.guest().get("/m/bob").await.expect(200).texts(".profile__helped").concat()
}

#[tokio::test]
async fn each_who_confirms_a_solution_earns_its_author_points_until_they_take_it_back() {
    let stage = stage(3).await;
    assert_eq!(stage.points("bob").await, 17);
    assert_eq!(helped(&stage).await, "Helped 1 person", "who accepted it");

    stage.say(0, "solved").await;
    stage.say(1, "solved").await;
    stage.say(2, "unsolved").await;
    assert_eq!(stage.points("bob").await, 21);
    assert_eq!(helped(&stage).await, "Helped 3 people");
    for answer in ["unsolved", "solved", "solved", "unsolved"] {
        stage.say(0, answer).await;
    }
    assert_eq!(stage.points("bob").await, 19, "another answer takes back what the first brought");
    stage.others[1].press(&stage.thread.deed("me-too/undo")).await.expect(303);
    assert_eq!(stage.points("bob").await, 17, "and so does not having the problem any more");
    assert_eq!(helped(&stage).await, "Helped 1 person");

    stage.say(0, "solved").await;
    stage.say(2, "solved").await;
    assert_eq!(stage.points("bob").await, 21);
    stage.ada.press(&format!("/p/{}/solution/undo", stage.reply)).await.expect(303);
    assert_eq!(stage.points("bob").await, 2, "what is no solution is not confirmed");
    assert_eq!(helped(&stage).await, "");
    stage.ada.press(&format!("/p/{}/solution", stage.reply)).await.expect(303);
    stage.say(0, "solved").await;
    assert_eq!(stage.points("bob").await, 19, "it is asked again");
    stage.world.sign_in("bob").await.press(&format!("/p/{}/delete", stage.reply)).await.expect(303);
    assert_eq!(stage.points("bob").await, 0);
    let left = "select count(*) from metric_totals join members on members.id = member_id
        where handle = 'bob' and total <> 0";
    assert_eq!(stage.world.count(left).await, 0, "nothing of it is left");
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn everybody_sees_why_and_who_solved_and_who_asked_are_told() {
    let stage = stage(5).await;

    for who in 0..5 {
        stage.say(who, if who == 0 { "solved" } else { "unsolved" }).await;
    }
    stage.world.run_jobs().await;

    let page = stage.world.guest().get(&stage.thread.url).await.expect(200);
    let why = page.texts("#refuted").concat();
    assert!(
        why.contains("of 5 people with this problem, the accepted reply solved it for 1"),
        "{why}"
    );
    let told = "A lamp flickers is open again: the solution did not help most";
    let bob = stage.world.sign_in("bob").await;
    for person in [&stage.ada, &bob] {
        let inbox = person.get("/inbox").await.expect(200).words();
        assert!(inbox.contains(told), "{inbox}");
    }
    let inbox = stage.others[0].get("/inbox").await.expect(200).words();
    assert!(inbox.contains("is open again: its solution was taken back"), "{inbox}");
    let unsolved = stage.world.guest().get("/b/help?sort=unsolved").await.expect(200);
    assert!(unsolved.text.contains("flickers"));
}

#[tokio::test]
async fn of_an_answer_in_parts_the_refuted_part_goes_and_the_other_stays() {
    let stage = stage(5).await;
    let other = stage.world.post_at(&stage.thread, 3).await;
    stage.ada.press(&format!("/p/{other}/solution")).await.expect(303);

    for who in 0..5 {
        stage.say(who, "unsolved").await;
    }
    stage.world.run_jobs().await;

    let solution = stage.solution().await;
    assert!(solution.contains("Try the switch.") && !solution.contains("bulb"), "{solution}");
    assert_eq!((stage.points("bob").await, stage.points("carla").await), (2, 17));
}

#[tokio::test]
async fn accepted_anew_it_is_asked_about_anew() {
    let stage = stage(5).await;
    for who in 0..5 {
        stage.say(who, "unsolved").await;
    }

    stage.ada.press(&format!("/p/{}/solution", stage.reply)).await.expect(303);
    stage.say(0, "unsolved").await;
    stage.world.run_jobs().await;

    assert!(stage.solution().await.contains("Confirmed by 0 of 1"));
    assert_eq!(stage.points("bob").await, 17);
}

#[tokio::test]
async fn who_has_the_problem_no_more_has_no_say() {
    let stage = stage(6).await;
    for who in 0..6 {
        stage.say(who, if who < 3 { "solved" } else { "unsolved" }).await;
    }

    stage.others[5].press(&stage.thread.deed("me-too/undo")).await.expect(303);
    assert!(stage.solution().await.contains("Confirmed by 3 of 5"));
    stage.others[0].press(&stage.thread.deed("me-too/undo")).await.expect(303);
    assert!(stage.solution().await.contains("Confirmed by 2 of 4"), "too few to judge by");
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn taking_a_confirmation_back_can_refute() {
    let stage = stage(6).await;
    for who in 0..6 {
        stage.say(who, if who < 3 { "solved" } else { "unsolved" }).await;
    }

    stage.others[0].press(&stage.thread.deed("me-too/undo")).await.expect(303);
    stage.world.run_jobs().await;

    assert_eq!(stage.solution().await, "", "2 of 5 are less than half");
}

#[tokio::test]
async fn only_people_with_the_problem_answer_and_nobody_about_their_own_reply() {
    let stage = stage(1).await;
    let (stranger, bob) = (stage.world.member("stella").await, stage.world.sign_in("bob").await);
    bob.press(&stage.thread.deed("me-too")).await.expect(303);
    let solved = [("answer", "solved")];

    stage.world.guest().post(&stage.address(), &solved).await.expect(401);
    for person in [&stranger, &bob, &stage.ada] {
        let page = person.get(&stage.thread.url).await.expect(200);
        assert!(!page.text.contains("Solved it for me"));
        person.post(&stage.address(), &solved).await.expect(403);
    }
    stage.others[0].post(&stage.address(), &[("answer", "perhaps")]).await.expect(400);
    let late = stage.world.post_at(&stage.thread, 3).await;
    stage.others[0].post(&format!("/p/{late}/confirmation"), &solved).await.expect(403);
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn what_was_taken_back_since_is_not_blamed_on_those_with_the_problem() {
    let stage = stage(5).await;
    for who in 0..5 {
        stage.say(who, "unsolved").await;
    }
    let other = format!("/p/{}/solution", stage.world.post_at(&stage.thread, 3).await);

    stage.world.advance(time::Duration::MINUTE);
    stage.ada.press(&other).await.expect(303);
    stage.ada.press(&format!("{other}/undo")).await.expect(303);
    stage.world.run_jobs().await;

    let page = stage.world.guest().get(&stage.thread.url).await.expect(200);
    assert!(page.texts("#refuted").is_empty(), "{}", page.words());
}
