//! Hearing of a thread, and not hearing of it.

use crate::harness::{Begun, Client, PUBLIC, World};

struct Stage {
    world: World,
    ada: Client,
    bob: Client,
    thread: Begun,
}

/// Ada's thread, which she follows because she began it.
async fn stage() -> Stage {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    world.run_jobs().await;
    Stage { world, ada, bob, thread }
}

impl Stage {
    async fn reply(&self, words: &str) {
        self.bob.say(&self.thread, words).await;
        self.world.run_jobs().await;
    }

    fn mails_to(&self, handle: &str) -> usize {
        let to = format!("{handle}@example.com");
        self.world.mails().iter().filter(|mail| mail.to == to).count()
    }
}

#[tokio::test]
async fn who_follows_is_mailed_a_reply_with_a_way_to_stop_it() {
    let stage = stage().await;

    stage.reply("Try **another** bulb.").await;

    let mail = stage.world.mail_to("ada@example.com");
    assert_eq!((mail.to_name.as_str(), stage.mails_to("bob")), ("Ada", 0));
    assert!(mail.subject.contains("A lamp flickers"), "{}", mail.subject);
    assert!(mail.text.contains("Try another bulb."), "{}", mail.text);
    assert!(mail.text.contains(&format!("{PUBLIC}/t/{}/p/2", stage.thread.id)));
    let link = mail.unsubscribe.expect("a way to stop it");
    assert!(link.starts_with(&format!("{PUBLIC}/unsubscribe/")) && mail.html.contains(&link));
}

#[tokio::test]
async fn one_click_stops_the_mail_without_signing_in() {
    let stage = stage().await;
    stage.reply("Try another bulb.").await;
    let link = stage.world.mail_to("ada@example.com").unsubscribe.unwrap();
    let guest = stage.world.guest();

    // A mail program opens links by itself; that changes nothing.
    let page = guest.get(&link).await.expect(200);
    assert!(page.words().contains("A lamp flickers"));
    stage.reply("Or the switch.").await;
    assert_eq!(stage.mails_to("ada"), 2);
    // RFC 8058: a provider posts this by itself, from nowhere.
    let ask = guest.ask(axum::http::Method::POST, &link);
    let ask = ask.without("origin").without("sec-fetch-site");
    ask.fields(&[("List-Unsubscribe", "One-Click")]).send().await.expect(200);
    stage.reply("Or the wire.").await;

    assert_eq!(stage.mails_to("ada"), 2);
    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    assert_eq!(page.texts(".thread__tools [aria-pressed=true]"), ["Muted"]);
}

#[tokio::test]
async fn muting_stops_inbox_and_mail_and_following_begins_them() {
    let stage = stage().await;
    let carla = stage.world.member("carla").await;
    let unread = async |person: &Client| {
        person.get("/ranks").await.texts(".site-header__nav .count-dot").concat()
    };

    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    page.button("Mute").press().await.expect(303);
    let page = carla.get(&stage.thread.url).await.expect(200);
    let page = page.button("Follow").press().await.expect(303).follow().await;
    assert_eq!(
        page.texts(".notice--good"),
        ["You follow this thread: replies come to your inbox."]
    );
    stage.reply("Try another bulb, @ada.").await;

    assert_eq!((stage.mails_to("ada"), stage.mails_to("carla")), (0, 1));
    assert_eq!((unread(&stage.ada).await, unread(&carla).await), (String::new(), "1".into()));
    carla.get(&stage.thread.url).await.button("Following").press().await.expect(303);
    stage.reply("Or the switch.").await;
    assert_eq!(stage.mails_to("carla"), 1);
}

#[tokio::test]
async fn who_has_read_it_already_is_not_mailed() {
    let stage = stage().await;

    stage.bob.say(&stage.thread, "Try another bulb.").await;
    let read = [("position", "2")];
    stage.ada.post(&stage.thread.deed("reading"), &read).await.expect(303);
    stage.world.run_jobs().await;

    assert_eq!(stage.mails_to("ada"), 0);
}

#[tokio::test]
async fn a_reply_that_was_removed_before_it_was_sent_is_not_mailed() {
    let stage = stage().await;
    let tom = stage.world.moderator("tom").await;

    stage.bob.say(&stage.thread, "Rude words.").await;
    tom.remove(stage.world.post_at(&stage.thread, 2).await, "Rude.").await;
    stage.world.run_jobs().await;

    assert_eq!(stage.mails_to("ada"), 0);
}

#[tokio::test]
async fn guests_follow_nothing() {
    let stage = stage().await;

    for deed in ["follow", "mute", "follow/undo", "reading"] {
        let answer = stage.world.guest().post(&stage.thread.deed(deed), &[("position", "1")]).await;
        answer.expect(401);
    }
}
