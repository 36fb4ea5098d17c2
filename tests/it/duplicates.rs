//! Questions that were asked before are joined to where they were asked first.

use crate::harness::{Answer, Begun, Client, World};
use candor::{access::Audience, boards::Style};

mod at_once;
mod people;
mod ways;

const WITH_ORIGINAL: &str = "This was asked before";

struct Stage {
    world: World,
    ada: Client,
    bob: Client,
    tom: Client,
    /// Ada's.
    original: Begun,
    /// Bob's.
    duplicate: Begun,
}

async fn stage() -> Stage {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let tom = world.moderator("tom").await;
    let original = ada.start("help", "A lamp flickers", "It does.").await;
    let duplicate = bob.start("help", "My lamp flickers at night", "It does.").await;
    world.run_jobs().await;
    Stage { world, ada, bob, tom, original, duplicate }
}

impl Client {
    async fn join(&self, duplicate: &Begun, original: &Begun) -> Answer {
        let named = [("original", &original.id.to_string()[..])];
        self.post(&duplicate.deed("duplicate/of"), &named).await
    }

    async fn part(&self, duplicate: &Begun) {
        self.press(&duplicate.deed("duplicate/undo")).await.expect(303);
    }

    async fn too(&self, thread: &Begun) {
        self.press(&thread.deed("me-too")).await.expect(303);
    }

    async fn words_of(&self, thread: &Begun) -> String {
        self.get(&thread.url).await.expect(200).part("main").words()
    }
}

impl Stage {
    /// Handles of those with a question's problem, as its page counts them.
    async fn people(&self, thread: &Begun) -> Vec<String> {
        let id = thread.id;
        let people = self
            .world
            .texts(&format!(
                "select handle from me_toos join members on members.id = member_id
                where thread_id = {id} order by handle"
            ))
            .await;
        let count = format!("select me_toos::bigint from threads where id = {id}");
        assert_eq!(self.world.count(&count).await, people.len() as i64, "{people:?}");
        people
    }

    async fn asks(&self, handle: &str, title: &str) -> Begun {
        let asker = self.world.sign_in(handle).await;
        let thread = asker.start("help", title, "It does.").await;
        self.world.run_jobs().await;
        thread
    }
}

#[tokio::test]
async fn joined_questions_lead_to_each_other_and_stay_open() {
    let stage = stage().await;
    stage.ada.start("lounge", "My lamp flickers at night too", "It is talk.").await;
    stage.world.run_jobs().await;

    let page = stage.tom.get(&stage.duplicate.url).await.expect(200);
    let page = stage.tom.get(&page.link("Asked before…")).await.expect(200);
    assert_eq!(page.texts(".joinable li a"), ["A lamp flickers"], "neither talk nor itself");
    let joined = page.button("This one: A lamp flickers").press().await.expect(303);
    stage.world.run_jobs().await;

    let page = joined.follow().await.expect(200);
    assert_eq!(page.part("#original").link("A lamp flickers"), stage.original.url);
    let page = stage.world.guest().get(&stage.original.url).await.expect(200);
    assert_eq!(page.part(".duplicates").link("My lamp flickers at night"), stage.duplicate.url);
    stage.ada.say(&stage.duplicate, "Is yours different?").await;
    let record = stage.world.guest().get("/moderation").await.expect(200).words();
    assert!(record.contains("Joined My lamp flickers at night to a question"), "{record}");

    let page = stage.tom.get(&stage.duplicate.url).await.expect(200);
    page.button("Not the same after all").press().await.expect(303);
    for thread in [&stage.original, &stage.duplicate] {
        let words = stage.world.guest().words_of(thread).await;
        assert!(!words.contains(WITH_ORIGINAL) && !words.contains("Also asked as"), "{words}");
    }
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn who_asked_staff_and_moderators_may_and_nobody_else() {
    let stage = stage().await;
    let (carla, sam) = (stage.world.member("carla").await, stage.world.staff("sam").await);

    for other in [&carla, &stage.ada] {
        other.join(&stage.duplicate, &stage.original).await.expect(403);
        other.get(&stage.duplicate.deed("duplicate/of")).await.expect(403);
        other.press(&stage.duplicate.deed("duplicate/undo")).await.expect(403);
        assert!(!other.words_of(&stage.duplicate).await.contains("Asked before…"));
    }
    for may in [&stage.bob, &sam, &stage.tom] {
        may.join(&stage.duplicate, &stage.original).await.expect(303);
        may.part(&stage.duplicate).await;
    }
    let entered =
        "select count(*) from moderation_ledger where act in ('join_thread', 'part_thread')";
    assert_eq!(stage.world.count(entered).await, 4, "one's own is nobody's business");
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn who_asked_is_told_kindly_and_by_nobody() {
    let stage = stage().await;

    stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
    stage.world.run_jobs().await;

    let inbox = stage.bob.get("/inbox").await.expect(200).part("main").words();
    assert!(inbox.contains("My lamp flickers at night is much like a question"), "{inbox}");
    assert!(!inbox.contains("Tom"), "{inbox}");
    stage.tom.part(&stage.duplicate).await;
    stage.bob.join(&stage.duplicate, &stage.original).await.expect(303);
    stage.world.run_jobs().await;
    let inbox = stage.bob.get("/inbox").await.expect(200).texts(".for-you button");
    assert!(inbox.is_empty(), "not of what is parted, nor of what they did themselves: {inbox:?}");
    for _ in 0..2 {
        stage.tom.part(&stage.duplicate).await;
        stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
        stage.world.run_jobs().await;
        stage.tom.part(&stage.duplicate).await;
        stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
        stage.world.run_jobs().await;
    }
    let inbox = stage.bob.get("/inbox").await.expect(200).texts(".for-you button");
    assert_eq!(inbox.len(), 1, "once, however often: {inbox:?}");
}

#[tokio::test]
async fn people_are_carried_over_once_and_given_back_exactly() {
    let stage = stage().await;
    for (handle, threads) in [
        ("carla", &[&stage.duplicate][..]),
        ("dora", &[&stage.duplicate, &stage.original]),
        ("eva", &[&stage.original]),
    ] {
        let person = stage.world.member(handle).await;
        for thread in threads {
            person.too(thread).await;
        }
    }
    stage.ada.too(&stage.duplicate).await;

    stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
    assert_eq!(stage.people(&stage.original).await, ["bob", "carla", "dora", "eva"]);
    assert_eq!(stage.people(&stage.duplicate).await, ["ada", "carla", "dora"]);

    let fred = stage.world.member("fred").await;
    fred.too(&stage.duplicate).await;
    assert_eq!(stage.people(&stage.original).await, ["bob", "carla", "dora", "eva", "fred"]);
    fred.press(&stage.duplicate.deed("me-too/undo")).await.expect(303);
    assert_eq!(stage.people(&stage.original).await, ["bob", "carla", "dora", "eva"]);

    let carla = stage.world.sign_in("carla").await;
    carla.post(&stage.original.deed("me-too"), &[("about", "Hub 2")]).await.expect(303);
    stage.tom.part(&stage.duplicate).await;
    let left = stage.people(&stage.original).await;
    assert_eq!(left, ["carla", "dora", "eva"], "what was said here since stays");
    assert_eq!(stage.people(&stage.duplicate).await, ["ada", "carla", "dora"]);
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn who_comes_from_two_duplicates_stays_until_both_are_parted() {
    let stage = stage().await;
    let second = stage.asks("bob", "The lamp again").await;
    let carla = stage.world.member("carla").await;
    for thread in [&stage.duplicate, &second] {
        carla.too(thread).await;
        stage.tom.join(thread, &stage.original).await.expect(303);
    }
    assert_eq!(stage.people(&stage.original).await, ["bob", "carla"]);

    stage.tom.part(&stage.duplicate).await;
    assert_eq!(stage.people(&stage.original).await, ["bob", "carla"]);
    stage.tom.part(&second).await;
    assert!(stage.people(&stage.original).await.is_empty());
    stage.world.run_jobs().await;
}

/// What is done to the questions a, b, c and d, each of somebody else's, and which leads where in the end.
/// `b>a` joins b to a, `b>a!` is refused, and `b/` parts b.
const HISTORIES: [(&str, &str); 16] = [
    ("b>a", "b>a"),
    ("b>a b/", ""),
    ("b/", ""),
    ("a>a!", ""),
    ("b>a b>c!", "b>a"),
    ("b>a b/ b>c", "b>c"),
    ("b>a a>b!", "b>a"),
    ("b>a c>b", "b>a c>a"),
    ("c>b b>a", "b>a c>a"),
    ("c>b b>a a>c!", "b>a c>a"),
    ("d>c c>b b>a", "b>a c>a d>a"),
    ("d>c c>b b>a c/", "b>a d>c"),
    ("c>b b>a b/", "c>b"),
    ("c>b d>c b>a b/ c/", "d>c"),
    ("b>a c>b b/", "c>b"),
    ("b>a c>a d>c a>b! a>d! b/ a>b", "a>b c>b d>b"),
];

/// Who asks them.
const ASKERS: [(&str, &str); 4] = [("a", "ada"), ("b", "bob"), ("c", "carla"), ("d", "dora")];

#[tokio::test]
async fn the_way_leads_to_the_first_question_and_never_in_a_circle() {
    let stage = stage().await;
    for handle in ["carla", "dora"] {
        stage.world.member(handle).await;
    }
    for (history, leads) in HISTORIES {
        let mut questions = Vec::new();
        for (name, handle) in ASKERS {
            questions.push(stage.asks(handle, &format!("The lamp {name}")).await);
        }
        let named = |name: &str| {
            let place = ASKERS.iter().position(|(known, _)| *known == name);
            &questions[place.expect("it is one of the four")]
        };

        for deed in history.split(' ') {
            match deed.trim_end_matches('!').split_once('>') {
                Some((from, to)) => {
                    let status = if deed.ends_with('!') { 422 } else { 303 };
                    stage.tom.join(named(from), named(to)).await.expect(status);
                }
                None => stage.tom.part(named(deed.trim_end_matches('/'))).await,
            }
        }
        stage.world.run_jobs().await;

        let mut shown = Vec::new();
        for (name, _) in ASKERS {
            let page = stage.tom.get(&named(name).url).await.expect(200);
            for original in page.texts("#original a") {
                shown.push(format!("{name}>{}", original.trim_start_matches("The lamp ")));
            }
            let leads_here = |from: &str| leads.contains(&format!("{from}>{name}"));
            let askers = ASKERS.iter().filter(|(from, _)| leads_here(from));
            let askers: Vec<&str> = askers.map(|(_, asker)| *asker).collect();
            assert_eq!(stage.people(named(name)).await, askers, "{history}: of {name}");
        }
        assert_eq!(shown.join(" "), leads, "{history}");
    }
}

#[tokio::test]
async fn what_one_may_not_see_is_not_named() {
    let stage = stage().await;
    stage.world.found("secret", Style::Questions, Audience::Staff).await;
    let sam = stage.world.staff("sam").await;
    let hidden = sam.start("secret", "Zqhidden lamp", "It does.").await;
    let also = sam.start("secret", "Zqalso lamp", "It does.").await;
    stage.world.run_jobs().await;

    let refused = stage.bob.join(&stage.duplicate, &hidden).await.expect(422);
    let unknown = [("original", "999999")];
    let unknown = stage.bob.post(&stage.duplicate.deed("duplicate/of"), &unknown).await.expect(422);
    assert_eq!(refused.problem("original"), unknown.problem("original"));
    let narrower = sam.join(&stage.duplicate, &hidden).await.expect(422);
    let because = narrower.problem("original").expect("it is refused");
    assert!(because.contains("Not everybody who can read this"), "{because}");
    sam.join(&also, &stage.original).await.expect(303);
    stage.world.run_jobs().await;

    for (viewer, sees) in [(&stage.bob, false), (&stage.ada, false), (&sam, true)] {
        assert_eq!(viewer.words_of(&stage.original).await.contains("Zqalso"), sees);
        assert!(!viewer.words_of(&stage.duplicate).await.contains("Zq"));
    }
    let inbox = stage.bob.get("/inbox").await.expect(200).part("main").words();
    assert!(!inbox.contains("asked before"), "{inbox}");
    let others = stage.ada.get(&stage.original.url).await.expect(200).texts(".me-too__others li");
    assert!(others.is_empty(), "nor who asked there: {others:?}");
}

#[tokio::test]
async fn a_question_that_was_taken_back_is_named_no_more() {
    let stage = stage().await;
    stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
    let post = stage.world.post_at(&stage.original, 1).await;

    stage.ada.press(&format!("/p/{post}/delete")).await.expect(303);
    stage.world.run_jobs().await;

    let words = stage.bob.words_of(&stage.duplicate).await;
    assert!(!words.contains("A lamp flickers") && !words.contains(WITH_ORIGINAL), "{words}");
    let third = stage.asks("ada", "The lamp, third").await;
    stage.tom.join(&third, &stage.original).await.expect(422);
    let talk = stage.ada.start("lounge", "Lamps we like", "All.").await;
    stage.tom.join(&third, &talk).await.expect(422);
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn an_address_names_a_question_as_its_number_does() {
    let stage = stage().await;
    let id = stage.original.id;
    for named in [
        format!("https://community.example{}?page=1#p1", stage.original.url),
        stage.original.url.clone(),
        format!(" #{id} "),
        format!("/t/{id}"),
    ] {
        let page = stage.bob.get(&stage.duplicate.deed("duplicate/of")).await.expect(200);
        page.form("join").set("original", &named).send().await.expect(303);
        stage.bob.part(&stage.duplicate).await;
    }
    for odd in ["", "the lamp", "/t/", "-1", "99999999999999999999"] {
        let page = stage.bob.get(&stage.duplicate.deed("duplicate/of")).await.expect(200);
        let again = page.form("join").set("original", odd).send().await.expect(422);
        assert_eq!(again.form("join").value("original"), odd);
        assert!(again.problem("original").is_some());
    }
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn who_has_the_problem_no_more_has_no_say_about_its_solution() {
    let stage = stage().await;
    stage.bob.say(&stage.original, "Try another bulb.").await;
    let reply = stage.world.post_at(&stage.original, 2).await;
    stage.ada.press(&format!("/p/{reply}/solution")).await.expect(303);
    let carla = stage.world.member("carla").await;
    carla.too(&stage.duplicate).await;
    stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
    let said = [("answer", "solved")];
    carla.post(&format!("/p/{reply}/confirmation"), &said).await.expect(303);
    let confirmed = "select coalesce(sum(confirmed), 0)::bigint from acceptances";
    assert_eq!(stage.world.count(confirmed).await, 1, "who was carried over has one");

    stage.tom.part(&stage.duplicate).await;

    assert_eq!(stage.world.count(confirmed).await, 0);
    carla.post(&format!("/p/{reply}/confirmation"), &said).await.expect(403);
    stage.world.run_jobs().await;
}
