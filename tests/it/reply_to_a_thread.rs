//! Replying.

use crate::harness::{Begun, Client, World};

struct Stage {
    world: World,
    ada: Client,
    bob: Client,
    thread: Begun,
}

impl Stage {
    async fn set() -> Self {
        let world = World::new().await;
        let (ada, bob) = (world.member("ada").await, world.member("bob").await);
        let thread = ada.start("help", "A lamp flickers", "It does.\n\nAt night.").await;
        world.run_jobs().await;
        Self { world, ada, bob, thread }
    }

    async fn lock(&self) {
        let tom = self.world.moderator("tom").await;
        tom.post(&self.thread.deed("lock"), &[("reason", "Settled.")]).await.expect(303);
    }
}

#[tokio::test]
async fn a_reply_stands_below_and_the_browser_is_led_to_it() {
    let stage = Stage::set().await;

    let page = stage.bob.get(&stage.thread.url).await.expect(200);
    let answer = page.form("reply").set("body", "Try another *bulb*.").send_as("Post reply").await;

    assert_eq!(answer.expect(303).location(), format!("{}#p2", stage.thread.url));
    let page = stage.world.guest().get(&stage.thread.url).await.expect(200);
    assert_eq!(page.texts("#p2 .prose em"), ["bulb"]);
    assert_eq!(page.texts("#replies"), ["One reply"]);
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn replying_to_a_post_links_both_ways() {
    let stage = Stage::set().await;
    stage.bob.say(&stage.thread, "Mine as well.").await;

    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    let href = page.part("#p2").link("Reply");
    let page = stage.ada.get(&format!("{}{href}", stage.thread.url)).await.expect(200);
    assert_eq!(page.texts(".composer__to"), ["to Bob #2"]);
    page.form("reply").set("body", "Since when?").send_as("Post reply").await.expect(303);
    stage.world.run_jobs().await;

    let page = stage.bob.get(&stage.thread.url).await.expect(200);
    assert_eq!(page.part("#p3").link("In reply to Bob #2"), stage.thread.deed("p/2"));
    assert_eq!(page.part("#p2").link("Ada #3"), stage.thread.deed("p/3"));
}

#[tokio::test]
async fn quoting_brings_the_words_and_leads_back_to_them() {
    let stage = Stage::set().await;

    let page = stage.bob.get(&stage.thread.url).await.expect(200);
    let href = page.part("#p1").link("Quote");
    let page = stage.bob.get(&format!("{}{href}", stage.thread.url)).await.expect(200);
    let form = page.form("reply");
    let quote = "> [quote=ada, post=1]\n>\n> It does.\n>\n> At night.\n\n\n\n";
    assert_eq!(form.value("body").trim_end(), quote.trim_end());
    let body = format!("{}\n\nMine too.", form.value("body").trim_end());
    form.set("body", &body).send_as("Post reply").await.expect(303);
    stage.world.run_jobs().await;

    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    assert_eq!(page.texts("#p2 blockquote p"), ["It does.", "At night."]);
    let links = page.part("#p2 .prose").hrefs();
    assert!(links.contains(&stage.thread.deed("p/1")), "{links:?}");
}

#[tokio::test]
async fn a_mention_links_to_a_member_and_to_nobody_else() {
    let stage = Stage::set().await;

    stage.bob.say(&stage.thread, "@ada and @nobody, look.").await;
    stage.world.run_jobs().await;

    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    assert_eq!(page.part("#p2 .prose").hrefs(), ["/m/ada"]);
}

#[tokio::test]
async fn a_preview_shows_the_text_keeps_it_and_writes_nothing() {
    let stage = Stage::set().await;

    let page = stage.bob.get(&stage.thread.url).await.expect(200);
    let page = page.form("reply").set("body", "So **bold**").send_as("Preview").await.expect(200);

    assert_eq!(page.texts(".composer__preview strong"), ["bold"]);
    assert_eq!(page.form("reply").value("body"), "So **bold**");
    assert_eq!(stage.world.count("select count(*) from posts").await, 1);
    page.form("reply").send_as("Post reply").await.expect(303);
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn a_text_that_cannot_be_posted_comes_back_with_what_is_wrong() {
    let stage = Stage::set().await;
    let page = stage.bob.get(&stage.thread.url).await.expect(200);
    let long = "word ".repeat(13_200);
    let deep = "> ".repeat(40) + "deep";

    for text in ["", long.trim_end(), &deep] {
        let form = page.form("reply").set("body", text);
        let answer = form.send_as("Post reply").await.expect(422);
        assert!(answer.problem("body").is_some());
        assert_eq!(answer.form("reply").value("body"), text);
    }
    assert_eq!(stage.world.count("select count(*) from posts").await, 1);
}

#[tokio::test]
async fn sending_twice_replies_once() {
    let stage = Stage::set().await;
    let page = stage.bob.get(&stage.thread.url).await.expect(200);
    let form = || page.form("reply").set("body", "Once.");

    let first = form().send_as("Post reply").await.expect(303);
    let again = form().send_as("Post reply").await.expect(303);
    form().set("body", "Other.").send_as("Post reply").await.expect(422);
    stage.world.run_jobs().await;

    assert_eq!(first.location(), again.location());
    assert_eq!(stage.world.count("select count(*) from posts").await, 2);
}

#[tokio::test]
async fn a_locked_thread_refuses_customers() {
    let stage = Stage::set().await;
    let before = stage.bob.get(&stage.thread.url).await.expect(200);
    stage.lock().await;

    let answer = before.form("reply").set("body", "Too late.").send_as("Post reply").await;

    let answer = answer.expect(403);
    assert!(answer.words().contains("This thread is locked"));
    assert!(answer.text.contains("Too late."), "what was typed is given back");
    let page = stage.bob.get(&stage.thread.url).await.expect(200);
    assert!(!page.text.contains("id=\"reply\""));
    assert!(page.words().contains("Locked by Moderator 1: Settled."));
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn a_locked_thread_takes_staff_and_moderators() {
    let stage = Stage::set().await;
    stage.lock().await;
    let people = [stage.world.staff("sam").await, stage.world.moderator("mia").await];

    for (position, person) in (2..).zip(&people) {
        let page = person.get(&stage.thread.url).await.expect(200);
        let answer = page.form("reply").set("body", "Noted.").send_as("Post reply").await;
        assert_eq!(answer.expect(303).location(), format!("{}#p{position}", stage.thread.url));
    }
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn guests_are_told_to_sign_in_and_may_not_post() {
    let stage = Stage::set().await;
    let guest = stage.world.guest();

    let page = guest.get(&stage.thread.url).await.expect(200);
    let answer = guest.post(&stage.thread.deed("replies"), &[("body", "Hello")]).await.expect(401);

    assert!(page.words().contains("Sign in to reply"));
    assert!(answer.text.contains("Hello"), "what was typed is given back");
}
