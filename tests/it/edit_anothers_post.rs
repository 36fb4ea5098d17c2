//! A moderator who changes another's words says why in public, and is known by a pseudonym.

use crate::harness::{Begun, Client, World};
use candor::doctor;
use sqlx::AssertSqlSafe;
use time::Duration;

struct Stage {
    world: World,
    ada: Client,
    tom: Client,
    thread: Begun,
    /// The opening post of the thread, which is Ada's.
    post: i64,
}

async fn stage() -> Stage {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    let thread = ada.start("help", "A lamp flickers", "Call me: 555 0100.\n\nIt does.").await;
    let post = world.post_at(&thread, 1).await;
    world.run_jobs().await;
    world.advance(Duration::hours(1));
    Stage { world, ada, tom, thread, post }
}

impl Stage {
    fn address(&self, page: &str) -> String {
        format!("/p/{}/{page}", self.post)
    }

    /// Tom takes the number out, as the form has him do it.
    async fn tidy(&self) {
        let page = self.tom.get(&self.address("edit")).await.expect(200);
        let form =
            page.form("edit").set("body", "It does.").set("reason", "  No private\nnumbers. ");
        form.send_as("Save changes").await.expect(303);
        self.world.run_jobs().await;
    }

    async fn record(&self) -> Vec<String> {
        self.world.guest().get("/moderation").await.expect(200).texts(".acts tbody tr")
    }

    async fn unmatched(&self) -> i64 {
        unmatched(&self.world).await
    }
}

/// How many edits of others' posts and entries of the ledger do not match, as the doctor finds them.
pub(crate) async fn unmatched(world: &World) -> i64 {
    let findings = doctor::examine(&mut world.as_owner().await, world.app.now()).await.unwrap();
    let edits = findings.iter().find(|finding| finding.about.contains("edits")).unwrap();
    edits.wrong
}

/// As nobody can whom the server lets in: what breaks the ledger must be broken by its owner.
async fn break_by(world: &World, sql: &str) {
    let sql = format!(
        "alter table moderation_ledger disable trigger user; {sql};
         alter table moderation_ledger enable trigger user"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut world.as_owner().await).await.unwrap();
}

#[tokio::test]
async fn the_record_holds_it_once_with_the_reason() {
    let stage = stage().await;
    let page = stage.tom.get(&stage.address("edit")).await.expect(200);
    assert!(page.words().contains("You are changing somebody else’s words."));

    // Pressed twice, and then once more.
    let save = || {
        let form = page.form("edit").set("body", "It does.");
        form.set("reason", "  No private\nnumbers. ").send_as("Save changes")
    };
    let (one, other) = tokio::join!(save(), save());
    for answer in [one, other, save().await] {
        answer.expect(303);
    }
    stage.world.run_jobs().await;

    let record = stage.record().await;
    assert_eq!(record.len(), 1);
    assert!(
        record[0].ends_with("Moderator 1 Edited #1 in A lamp flickers No private numbers."),
        "{record:?}"
    );
    assert_eq!(stage.unmatched().await, 0);
}

#[tokio::test]
async fn everybody_reads_a_pseudonym_and_the_reason_and_nobody_the_name() {
    let stage = stage().await;
    let world = &stage.world;
    let readers = [
        world.guest(),
        world.member("bob").await,
        stage.ada.clone(),
        world.staff("sam").await,
        world.moderator("mia").await,
        world.admin("kim").await,
    ];

    stage.tidy().await;

    for reader in readers {
        let thread = reader.get(&stage.thread.url).await.expect(200);
        assert_eq!(
            thread.texts("#p1 .post__note"),
            ["Edited by Moderator 1. Reason: No private numbers."]
        );
        let history = reader.get(&stage.address("history")).await.expect(200);
        let heads = history.texts(".revision__head");
        assert!(heads[0].starts_with("Version 2 by Moderator 1"), "{heads:?}");
        assert!(heads[0].ends_with("Reason: No private numbers."), "{heads:?}");
        assert!(heads[1].starts_with("Version 1 by Ada") && !heads[1].contains("Reason"));
        for address in [&stage.thread.url, &stage.address("history"), "/moderation", "/inbox"] {
            let page = reader.get(address).await;
            let named = ["Tom", "/m/tom", "@tom"].iter().any(|name| page.text.contains(name));
            assert!(!named, "{address} names the moderator: {}", page.text);
        }
    }
}

#[tokio::test]
async fn a_version_of_the_authors_own_bears_no_reason() {
    let stage = stage().await;
    stage.tidy().await;
    stage.world.advance(Duration::hours(1));

    stage.ada.edit(stage.post, "It does, twice a minute.").await;
    stage.world.run_jobs().await;

    let thread = stage.world.guest().get(&stage.thread.url).await.expect(200);
    assert!(thread.texts(".post__note").is_empty());
    let heads = stage.ada.get(&stage.address("history")).await.texts(".revision__head");
    assert!(heads[0].contains("by Ada") && !heads[0].contains("Reason"), "{heads:?}");
    assert!(heads[1].contains("by Moderator 1") && heads[1].contains("Reason"), "{heads:?}");
    assert_eq!(stage.unmatched().await, 0);
}

#[tokio::test]
async fn a_reason_is_asked_for_and_everything_typed_is_kept() {
    let stage = stage().await;
    let page = stage.tom.get(&stage.address("edit")).await.expect(200);
    let long = "x".repeat(501);

    for reason in ["", " \n ", &long] {
        let form = page.form("edit").set("title", "A lamp hums").set("body", "It does.");
        let answer = form.set("reason", reason).send_as("Save changes").await.expect(422);
        assert!(answer.problem("reason").is_some());
        let form = answer.form("edit");
        assert_eq!((form.value("title"), form.value("body")), ("A lamp hums", "It does."));
        assert_eq!(form.value("reason"), reason.trim());
    }
    let form = page.form("edit").set("body", " ").set("reason", "No numbers.");
    let answer = form.send_as("Save changes").await.expect(422);
    assert!(answer.problem("body").is_some() && answer.problem("reason").is_none());
    assert_eq!(answer.form("edit").value("reason"), "No numbers.");
    let form = answer.form("edit").set("body", "So **bold**").set("reason", "");
    let preview = form.send_as("Preview").await.expect(200);
    assert!(preview.problem("reason").is_none(), "a preview needs no reason yet");

    assert!(stage.record().await.is_empty());
    assert_eq!(stage.world.count("select count(*) from post_revisions").await, 0);
}

#[tokio::test]
async fn a_title_is_words_too_and_administrators_have_no_other_rule() {
    let stage = stage().await;
    let kim = stage.world.admin("kim").await;

    let page = kim.get(&stage.address("edit")).await.expect(200);
    let form = page.form("edit").set("title", "A lamp hums").set("reason", "It does not flicker.");
    form.send_as("Save changes").await.expect(303);
    stage.world.run_jobs().await;

    let record = stage.record().await;
    assert_eq!(record.len(), 1);
    assert!(record[0].contains("Moderator 1 Edited #1 in A lamp hums"), "{record:?}");
    let history = stage.ada.get(&stage.address("history")).await.expect(200);
    assert!(history.words().contains("It does not flicker."));
    assert!(!history.text.contains("Kim"));
}

#[tokio::test]
async fn moderators_change_their_own_words_as_everybody_does() {
    let stage = stage().await;
    for moderator in [&stage.tom, &stage.world.admin("kim").await] {
        let name = moderator.start("lounge", "A lamp of mine", "It is alamp.").await;
        let post = stage.world.post_at(&name, 1).await;

        let page = moderator.get(&format!("/p/{post}/edit")).await.expect(200);
        assert!(page.texts("#reason").is_empty());
        let form = page.form("edit").set("body", "It is a lamp.");
        form.send_as("Save changes").await.expect(303);
        stage.world.run_jobs().await;

        let history = stage.ada.get(&format!("/p/{post}/history")).await.expect(200);
        assert!(!history.words().contains("Moderator 1"));
        assert_eq!(moderator.get("/inbox").await.texts(".for-you__words").len(), 0);
    }

    assert!(stage.record().await.is_empty());
    assert_eq!(stage.unmatched().await, 0);
}

#[tokio::test]
async fn the_author_hears_of_it_and_why_even_on_a_muted_thread() {
    let stage = stage().await;
    stage.ada.press(&stage.thread.deed("mute")).await.expect(303);
    let mails = stage.world.mails().len();

    stage.tidy().await;

    let inbox = stage.ada.get("/inbox").await.expect(200);
    let line = "Unread: Moderator 1 edited your post in A lamp flickers";
    assert_eq!(inbox.texts(".for-you button"), [line]);
    assert_eq!(inbox.texts(".for-you__words"), ["No private numbers."]);
    assert_eq!(inbox.texts(".site-header .count-dot"), ["1"]);
    assert_eq!(stage.world.mails().len(), mails);
    let before = "select count(*) from members, inbox(members.id) where handle = 'ada'";
    assert_eq!(stage.world.count(before).await, 0, "the release before cannot draw it");

    let opened = inbox.button(line).press().await.expect(303);
    assert!(opened.location().ends_with("/p/1"));
    stage.tom.remove(stage.post, "Still rude.").await;
    stage.world.run_jobs().await;
    let words = stage.ada.get("/inbox").await.texts(".for-you__words");
    assert_eq!(words.len(), 2, "it is told of a removed post as well");
}

#[tokio::test]
async fn the_doctor_finds_an_edit_without_its_entry_and_an_entry_without_its_edit() {
    let stage = stage().await;
    stage.tidy().await;
    assert_eq!(stage.unmatched().await, 0);

    break_by(&stage.world, "update moderation_ledger set at = at - interval '1 second'").await;
    assert_eq!(stage.unmatched().await, 2);
    break_by(&stage.world, "delete from moderation_ledger").await;
    assert_eq!(stage.unmatched().await, 1);
}

#[tokio::test]
async fn what_moderators_changed_before_it_was_recorded_is_entered() {
    let stage = stage().await;
    stage.tidy().await;
    stage.world.advance(Duration::hours(1));
    stage.ada.edit(stage.post, "It does, twice a minute.").await;
    stage.world.run_jobs().await;
    break_by(&stage.world, "delete from moderation_ledger; delete from moderator_numbers").await;

    let enter = include_str!("../../migrations/20260101001000_enter_earlier_edits.sql");
    sqlx::raw_sql(enter).execute(&mut stage.world.as_owner().await).await.unwrap();

    assert_eq!(stage.unmatched().await, 0);
    let record = stage.record().await;
    assert_eq!(record.len(), 1);
    assert!(record[0].ends_with("Edited #1 in A lamp flickers"), "{record:?}");
    let history = stage.ada.get(&stage.address("history")).await.expect(200);
    let heads = history.texts(".revision__head");
    assert!(heads[1].contains("by Moderator") && !heads[1].contains("Reason"), "{heads:?}");
    assert!(!history.text.contains("Tom"));
}
