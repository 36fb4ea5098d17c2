//! Whom an original counts, and what they say of its solution.

use super::{Stage, stage};
use crate::harness::{Begun, Client};
use candor::{access::Audience, boards::Style};

const STANDING: &str = "select count(*) from acceptances where undone_at is null";

/// Bob's reply to a question, accepted by who asked.
async fn solved(stage: &Stage, asker: &Client, thread: &Begun) -> String {
    stage.world.sign_in("sol").await.say(thread, "Try another bulb.").await;
    let reply = stage.world.post_at(thread, 2).await;
    asker.press(&format!("/p/{reply}/solution")).await.expect(303);
    stage.world.run_jobs().await;
    format!("/p/{reply}/confirmation")
}

#[tokio::test]
async fn parting_judges_a_solution_by_what_is_left_and_not_by_one_answer_after_the_other() {
    for first in ["solved", "unsolved"] {
        let stage = stage().await;
        stage.world.member("sol").await;
        let confirmation = solved(&stage, &stage.ada, &stage.original).await;
        let second = if first == "solved" { "unsolved" } else { "solved" };
        let mut answers = Vec::new();
        for (handle, thread, answer) in [
            ("carla", &stage.duplicate, first),
            ("dora", &stage.duplicate, second),
            ("p1", &stage.original, "solved"),
            ("p2", &stage.original, "solved"),
            ("p3", &stage.original, "unsolved"),
            ("p4", &stage.original, "unsolved"),
        ] {
            let person = stage.world.member(handle).await;
            person.too(thread).await;
            answers.push((person, answer));
        }
        stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
        for (person, answer) in &answers {
            person.post(&confirmation, &[("answer", *answer)]).await.expect(303);
        }
        assert_eq!(stage.world.count(STANDING).await, 1);

        stage.tom.part(&stage.duplicate).await;

        assert_eq!(stage.world.count(STANDING).await, 1, "two of four: {first} first");
        let left = "select 10 * confirmed + answered from acceptances";
        assert_eq!(stage.world.count(&format!("select ({left})::bigint")).await, 24);
        stage.world.run_jobs().await;
    }
}

#[tokio::test]
async fn who_came_to_a_duplicate_from_below_has_no_say_there_once_it_is_joined() {
    let stage = stage().await;
    for handle in ["sol", "carla", "dora"] {
        stage.world.member(handle).await;
    }
    let confirmation = solved(&stage, &stage.bob, &stage.duplicate).await;
    let below = stage.asks("dora", "The lamp, third").await;
    let carla = stage.world.sign_in("carla").await;
    carla.too(&below).await;
    stage.tom.join(&below, &stage.duplicate).await.expect(303);
    carla.post(&confirmation, &[("answer", "unsolved")]).await.expect(303);
    let answered = "select coalesce(sum(answered), 0)::bigint from acceptances";
    assert_eq!(stage.world.count(answered).await, 1);

    stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);

    assert_eq!(stage.world.count(answered).await, 0);
    assert_eq!(stage.world.count("select count(*) from confirmations").await, 0);
    stage.world.run_jobs().await;
}

/// On which boards the duplicate and the original are, whether they are joined, and whether who has the problem
/// of the one counts at the other.
const AUDIENCES: [(Audience, Audience, bool, bool); 7] = [
    (Audience::Everyone, Audience::Everyone, true, true),
    (Audience::Members, Audience::Everyone, true, false),
    (Audience::Staff, Audience::Everyone, true, false),
    (Audience::Staff, Audience::Members, true, false),
    (Audience::Members, Audience::Members, true, true),
    (Audience::Everyone, Audience::Members, false, false),
    (Audience::Members, Audience::Staff, false, false),
];

#[tokio::test]
async fn who_asked_where_not_everybody_reads_is_counted_nowhere_else() {
    let stage = stage().await;
    let (sam, sue) = (stage.world.staff("sam").await, stage.world.staff("sue").await);
    for (number, (from, to, joined, counted)) in AUDIENCES.into_iter().enumerate() {
        let (here, there) = (format!("here{number}"), format!("there{number}"));
        stage.world.found(&here, Style::Questions, from).await;
        stage.world.found(&there, Style::Questions, to).await;
        let duplicate = sam.start(&here, &format!("The lamp {number} again"), "It does.").await;
        let original = sue.start(&there, &format!("The lamp {number}"), "It does.").await;

        let status = if joined { 303 } else { 422 };
        sam.join(&duplicate, &original).await.expect(status);
        let people: &[&str] = if counted { &["sam"] } else { &[] };
        assert_eq!(stage.people(&original).await, people, "{from:?} to {to:?}");
        let ann = stage.world.staff(&format!("ann{number}")).await;
        ann.too(&duplicate).await;
        let people = stage.people(&original).await;
        assert_eq!(people.len(), if counted { 2 } else { 0 }, "{from:?} to {to:?}");
    }
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn a_duplicate_on_a_board_that_was_closed_since_brings_nobody_more() {
    let stage = stage().await;
    let (sam, carla) = (stage.world.staff("sam").await, stage.world.member("carla").await);
    stage.world.found("open", Style::Questions, Audience::Everyone).await;
    let duplicate = sam.start("open", "The lamp again", "It does.").await;
    sam.join(&duplicate, &stage.original).await.expect(303);
    carla.too(&duplicate).await;
    stage.world.reopen("open", Audience::Staff).await;

    let sue = stage.world.staff("sue").await;
    sue.too(&duplicate).await;

    assert_eq!(stage.people(&stage.original).await, ["carla", "sam"]);
    let named = stage.ada.get(&stage.original.url).await.expect(200).texts(".me-too__others li");
    assert!(named.is_empty(), "{named:?}");
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn a_removed_duplicate_counts_nobody_until_it_is_restored() {
    let stage = stage().await;
    stage.world.member("sol").await;
    let carla = stage.world.member("carla").await;
    carla.too(&stage.duplicate).await;
    let confirmation = solved(&stage, &stage.ada, &stage.original).await;
    stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
    carla.post(&confirmation, &[("answer", "solved")]).await.expect(303);
    let opening = stage.world.post_at(&stage.duplicate, 1).await;

    stage.tom.remove(opening, "Spam.").await;
    let named = stage.ada.get(&stage.original.url).await.expect(200).texts(".me-too__others li");
    assert!(named.is_empty(), "nobody is named at once: {named:?}");
    stage.world.run_jobs().await;

    assert!(stage.people(&stage.original).await.is_empty());
    assert_eq!(stage.world.count("select count(*) from confirmations").await, 0);
    carla.post(&confirmation, &[("answer", "solved")]).await.expect(403);

    stage.tom.press(&format!("/p/{opening}/restore")).await.expect(303);
    stage.world.run_jobs().await;
    assert_eq!(stage.people(&stage.original).await, ["bob", "carla"]);

    stage.tom.remove(opening, "Spam.").await;
    stage.bob.press(&stage.duplicate.deed("duplicate/undo")).await.expect(403);
    stage.tom.part(&stage.duplicate).await;
    stage.tom.press(&format!("/p/{opening}/restore")).await.expect(303);
    stage.world.run_jobs().await;
    assert!(stage.people(&stage.original).await.is_empty(), "parted while it was gone");
}

#[tokio::test]
async fn a_duplicate_that_members_flagged_out_of_sight_counts_nobody() {
    let stage = stage().await;
    stage.world.member("carla").await.too(&stage.duplicate).await;
    stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
    stage.world.run_jobs().await;
    assert_eq!(stage.people(&stage.original).await, ["bob", "carla"]);

    let flag = format!("/p/{}/flag", stage.world.post_at(&stage.duplicate, 1).await);
    for number in 0..6 {
        let fan = stage.world.member(&format!("fan{number}")).await;
        fan.post(&flag, &[("reason", "spam")]).await.expect(303);
    }
    stage.world.run_jobs().await;

    assert!(stage.people(&stage.original).await.is_empty());
}

#[tokio::test]
async fn a_device_that_is_corrected_on_a_duplicate_is_corrected_at_the_original() {
    let stage = stage().await;
    let carla = stage.world.member("carla").await;
    let says = async |about: &str| {
        let about = [("about", about)];
        carla.post(&stage.duplicate.deed("me-too"), &about).await.expect(303);
        stage.ada.get(&stage.original.url).await.expect(200).texts(".me-too__others li").concat()
    };
    says("Hub 1").await;
    stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);

    assert!(says("Hub 2").await.contains("Hub 2"));
    let emptied = says("").await;
    assert!(emptied.contains("Carla") && !emptied.contains("Hub"), "{emptied}");
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn a_question_on_an_archived_board_is_named_and_gets_no_people() {
    let stage = stage().await;
    stage.world.found("attic", Style::Questions, Audience::Everyone).await;
    let old = stage.ada.start("attic", "The lamp of old", "It does.").await;
    let archive = "update boards set archived_at = now() where slug = 'attic'";
    let mut owner = stage.world.as_owner().await;
    sqlx::raw_sql(archive).execute(&mut owner).await.unwrap();

    stage.bob.join(&stage.duplicate, &old).await.expect(303);
    stage.world.member("carla").await.too(&stage.duplicate).await;

    assert!(stage.bob.words_of(&stage.duplicate).await.contains("The lamp of old"));
    assert!(stage.people(&old).await.is_empty());
    stage.world.run_jobs().await;
}
