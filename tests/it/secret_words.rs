//! Words that somebody may not read stand in nothing they are sent.
//!
//! Every text field of everything hidden holds a word of its own. Then everybody reads everything they
//! can come to, with every parameter that pages know of, while the hidden is written, edited, removed,
//! restored and moved out of sight. A word in an answer to somebody who may not read it, header or body,
//! is a leak.

mod answers;
mod own;
mod planted;

use crate::{
    harness::{Begun, Client, World, photograph},
    spider::{addresses, assert_all_routes, crawl},
};
use axum::http::Method;
use candor::{
    access::{Audience, Subject},
    boards::Style,
    members::Role,
};
use futures_util::StreamExt;
use std::collections::BTreeMap;
use tokio::time::{Duration, timeout};
use tokio_util::sync::CancellationToken;

/// Who reads.
const READERS: [&str; 7] = ["guest", "bob", "ada", "ines", "tom", "sam", "kim"];
/// Those who see boards for staff.
const STAFF: &[&str] = &["tom", "sam", "kim"];
/// Those who see boards for members.
const MEMBERS: &[&str] = &["bob", "ada", "ines", "tom", "sam", "kim"];
/// Those in a hidden group, and administrators.
const INSIDERS: &[&str] = &["ines", "tom", "kim"];
/// Those who read what was removed of Ada's: she and moderators.
const ADA: &[&str] = &["ada", "tom", "kim"];

/// A hidden word and who may read it.
type Secrets = BTreeMap<&'static str, &'static [&'static str]>;

struct Stage {
    world: World,
    people: BTreeMap<&'static str, Client>,
    secrets: Secrets,
    /// Mails that were sent before anything in them was hidden.
    before: usize,
}

impl Stage {
    async fn set() -> Self {
        Self::of(World::new().await).await
    }

    async fn of(world: World) -> Self {
        let people = BTreeMap::from([
            ("guest", world.guest()),
            ("bob", world.member("bob").await),
            ("ada", world.member("ada").await),
            ("ines", world.member("ines").await),
            ("tom", world.moderator("tom").await),
            ("sam", world.staff("sam").await),
            ("kim", world.admin("kim").await),
        ]);
        Self { world, people, secrets: Secrets::new(), before: 0 }
    }

    fn who(&self, name: &str) -> &Client {
        &self.people[name]
    }

    /// From now on these words are for these readers alone.
    fn keep(&mut self, readers: &'static [&'static str], words: &[&'static str]) {
        self.secrets.extend(words.iter().map(|&word| (word, readers)));
    }

    /// Everybody reads everything.
    async fn look(&self, when: &str) {
        let words: Vec<&str> = self.secrets.keys().copied().collect();
        let addresses = addresses(&self.world, &words).await;
        let mut leaks = Vec::new();
        let kept_out =
            |reader: &&str| self.secrets.values().any(|readers| !readers.contains(reader));
        for reader in READERS.into_iter().filter(kept_out) {
            let web = crawl(self.who(reader), &addresses).await;
            assert_all_routes(&web);
            for (address, seen) in &web.0 {
                for (word, readers) in &self.secrets {
                    if seen.text.contains(word) && !readers.contains(&reader) {
                        leaks.push(format!("{when}: {reader} reads {word} at {address}"));
                    }
                }
            }
        }
        for mail in self.world.mails().into_iter().skip(self.before) {
            let reader = mail.to.split('@').next().unwrap_or_default().to_owned();
            let whole = format!("{mail:?}");
            for (word, readers) in &self.secrets {
                if whole.contains(word) && !readers.contains(&reader.as_str()) {
                    leaks.push(format!("{when}: {reader} is mailed {word}"));
                }
            }
        }
        assert!(leaks.is_empty(), "{} leaks: {leaks:#?}", leaks.len());
    }

    async fn post_at(&self, thread: &Begun, position: i32) -> i64 {
        self.world.post_at(thread, position).await
    }

    /// The count beside the inbox.
    async fn unread(&self, name: &str) -> String {
        let page = self.who(name).get("/ranks").await.expect(200);
        page.texts(".site-header__nav .count-dot").concat()
    }
}

/// A board with words in every field of it and of what stands there.
async fn fill(stage: &Stage, writer: &str, other: &str, words: [&str; 12]) -> Begun {
    let [board, title, body, tag, reply, old, new, lock, gone, reason, why, file] = words;
    let (writer, other, tom) = (stage.who(writer), stage.who(other), stage.who("tom"));
    let content = format!("{body} in a file");
    let file = writer.upload(&format!("{file}.txt"), content.as_bytes()).await;
    let picture = writer.upload(&format!("{body}.jpg"), &photograph(900, 30)).await;
    let body = format!("{body} of a lamp ![{body}]({picture}) [here it is]({file})");
    let thread = writer.start_tagged(board, &format!("{title} stands here"), &body, tag).await;
    other.say(&thread, &format!("{reply} @ada @bob @sam")).await;
    stage.world.run_jobs().await;
    writer.say(&thread, &format!("{old} first")).await;
    writer.edit(stage.post_at(&thread, 3).await, &format!("{new} then")).await;
    other.say(&thread, &format!("{gone} soon")).await;
    tom.remove(stage.post_at(&thread, 4).await, &format!("{reason} it was")).await;
    let reply = format!("{reply} once more");
    tom.edit_because(stage.post_at(&thread, 2).await, &reply, &format!("{why} it was")).await;
    other.press(&format!("/p/{}/kudos", stage.post_at(&thread, 1).await)).await.expect(303);
    tom.post(&thread.deed("lock"), &[("reason", &format!("{lock} it was"))]).await.expect(303);
    stage.world.run_jobs().await;
    thread
}

#[tokio::test]
async fn boards_that_somebody_may_not_see_are_nowhere() {
    let mut stage = Stage::set().await;
    stage.world.found("zqvault", Style::Questions, Audience::Staff).await;
    stage.world.found("zqlodge", Style::Questions, Audience::Members).await;
    let vault = [
        "zqvault",
        "zqvtitle",
        "zqvbody",
        "zqvtag",
        "zqvreply",
        "zqvold",
        "zqvnew",
        "zqvlock",
        "zqvgone",
        "zqvreason",
        "zqvwhy",
        "zqvfile",
    ];
    let lodge = [
        "zqlodge",
        "zqltitle",
        "zqlbody",
        "zqltag",
        "zqlreply",
        "zqlold",
        "zqlnew",
        "zqllock",
        "zqlgone",
        "zqlreason",
        "zqlwhy",
        "zqlfile",
    ];
    stage.keep(STAFF, &vault);
    stage.keep(MEMBERS, &lodge);

    let open = stage.who("ada").start("help", "A lamp in the open", "It flickers.").await;
    fill(&stage, "sam", "kim", vault).await;
    fill(&stage, "ada", "bob", lodge).await;
    stage.who("bob").say(&open, "Mine as well.").await;
    stage.world.run_jobs().await;

    stage.look("hidden boards").await;
}

#[tokio::test]
async fn a_hidden_group_and_the_board_it_alone_may_see_are_nowhere() {
    let mut stage = Stage::set().await;
    stage.world.found_for_a_group("zqnest", "zqcircle", &["ines", "tom"], "tom").await;
    let nest = [
        "zqnest",
        "zqntitle",
        "zqnbody",
        "zqntag",
        "zqnreply",
        "zqnold",
        "zqnnew",
        "zqnlock",
        "zqngone",
        "zqnreason",
        "zqnwhy",
        "zqnfile",
    ];
    stage.keep(INSIDERS, &nest);
    stage.keep(INSIDERS, &["zqcircle"]);
    let open = stage.who("ada").start("help", "A lamp in the open", "It flickers.").await;
    fill(&stage, "ines", "kim", nest).await;
    stage.who("ines").say(&open, "Mine as well.").await;
    stage.world.run_jobs().await;

    stage.look("a hidden group").await;
}

#[tokio::test]
async fn who_left_a_group_reads_nothing_of_it_any_more_nor_is_mailed() {
    let mut stage = Stage::set().await;
    stage.world.found_for_a_group("zqnest", "zqcircle", &["ines", "bob", "tom"], "tom").await;
    let words = ["zqnest", "zqntitle", "zqnbody", "zqntag", "zqnreply"];
    let thread = stage
        .who("ines")
        .start_tagged("zqnest", "zqntitle stands here", "zqnbody of a lamp, @bob", "zqntag")
        .await;
    stage.world.run_jobs().await;
    stage.who("bob").press(&thread.deed("follow")).await.expect(303);
    assert_eq!(stage.unread("bob").await, "1");
    let mails = stage.world.mails().len();
    // Written while Bob is in it, told when he no longer is.
    stage.who("ines").say(&thread, "zqnreply for @bob").await;

    stage.who("bob").press("/g/zqcircle/leave").await.expect(303);
    stage.world.run_jobs().await;

    assert_eq!(stage.unread("bob").await, "");
    stage.before = mails;
    stage.keep(INSIDERS, &words);
    stage.keep(INSIDERS, &["zqcircle"]);
    stage.look("left").await;
}

#[tokio::test]
async fn what_was_taken_away_is_read_by_its_author_and_moderators_alone() {
    let mut stage = Stage::set().await;
    let (ada, bob, tom) = (stage.who("ada"), stage.who("bob"), stage.who("tom"));
    let open = ada.start("help", "A lamp in the open", "It flickers.").await;
    bob.press(&open.deed("follow")).await.expect(303);
    ada.say(&open, "zqold one").await;
    let removed = stage.post_at(&open, 2).await;
    ada.edit(removed, "zqremoved two, @bob").await;
    ada.say(&open, "zqdeleted three").await;
    let deleted = stage.post_at(&open, 3).await;
    ada.say(&open, "zqsolution four").await;
    let solution = stage.post_at(&open, 4).await;
    ada.press(&format!("/p/{solution}/solution")).await.expect(303);
    let closed = ada.start_tagged("help", "zqctitle stands here", "zqcbody", "zqctag").await;
    bob.say(&closed, "Mine as well.").await;
    let back = ada.start_tagged("help", "zqdtitle stands here", "zqdbody", "zqdtag").await;
    tom.post(&closed.deed("pin"), &[("to", "site")]).await.expect(303);

    let flag = [("reason", "other"), ("note", "zqnote of mine")];
    let closing = stage.post_at(&closed, 1).await;
    stage.who("ines").post(&format!("/p/{closing}/flag"), &flag).await.expect(303);
    let left = stage.post_at(&open, 1).await;
    stage.who("ines").post(&format!("/p/{left}/flag"), &flag).await.expect(303);
    for post in [removed, solution, closing] {
        tom.remove(post, "Rude.").await;
    }
    ada.press(&format!("/p/{deleted}/delete")).await.expect(303);
    ada.press(&format!("/p/{}/delete", stage.post_at(&back, 1).await)).await.expect(303);
    stage.world.run_jobs().await;

    stage.keep(ADA, &["zqold", "zqremoved", "zqdeleted", "zqsolution", "zqctitle", "zqcbody"]);
    stage.keep(ADA, &["zqctag", "zqdtitle", "zqdbody", "zqdtag"]);
    stage.keep(INSIDERS, &["zqnote"]);
    stage.look("taken away").await;
    assert_eq!(stage.unread("bob").await, "", "a removed post mentions nobody");
}

#[tokio::test]
async fn what_was_restored_is_read_again() {
    let stage = Stage::set().await;
    let (ada, tom) = (stage.who("ada"), stage.who("tom"));
    let thread = ada.start("help", "zqback stands here", "A lamp.").await;
    let post = stage.post_at(&thread, 1).await;
    tom.remove(post, "Rude.").await;
    assert!(!stage.who("bob").get("/b/help").await.text.contains("zqback"));

    tom.press(&format!("/p/{post}/restore")).await.expect(303);
    stage.world.run_jobs().await;

    for address in ["/", "/b/help", "/boards", "/search?q=zqback", "/m/ada", &thread.url] {
        let page = stage.who("guest").get(address).await.expect(200);
        assert!(page.words().contains("zqback"), "{address} has it again");
    }
}

#[tokio::test]
async fn a_board_moved_out_of_sight_takes_everything_along() {
    let mut stage = Stage::set().await;
    stage.world.found("zqmoved", Style::Questions, Audience::Everyone).await;
    let words = [
        "zqmoved",
        "zqmtitle",
        "zqmbody",
        "zqmtag",
        "zqmreply",
        "zqmold",
        "zqmnew",
        "zqmlock",
        "zqmgone",
        "zqmreason",
        "zqmwhy",
        "zqmfile",
    ];
    let thread = fill(&stage, "ada", "bob", words).await;
    assert_ne!(stage.unread("ada").await, "");
    let mails = stage.world.mails().len();
    assert!(mails > 0, "Ada was mailed while she could see it");
    // Written while Ada may see it, mailed when she no longer may.
    stage.who("sam").say(&thread, "zqmlate of all, @ada").await;

    stage.world.reopen("zqmoved", Audience::Staff).await;
    stage.world.run_jobs().await;

    assert_eq!(stage.world.mails().len(), mails, "nobody who may not see it is mailed");
    assert_eq!(stage.unread("ada").await, "");
    stage.keep(STAFF, &words);
    stage.keep(STAFF, &["zqmlate"]);
    stage.before = mails;
    stage.look("moved").await;

    stage.world.reopen("zqmoved", Audience::Members).await;
    stage.keep(MEMBERS, &words);
    stage.keep(MEMBERS, &["zqmlate"]);
    stage.look("moved again").await;
}

#[tokio::test]
async fn a_quote_of_what_was_taken_away_is_empty() {
    let stage = Stage::set().await;
    let (ada, bob, tom) = (stage.who("ada"), stage.who("bob"), stage.who("tom"));
    let thread = ada.start("help", "A lamp in the open", "It flickers.").await;
    ada.say(&thread, "zqremoved").await;
    ada.say(&thread, "zqdeleted").await;
    tom.remove(stage.post_at(&thread, 2).await, "Rude.").await;
    ada.press(&format!("/p/{}/delete", stage.post_at(&thread, 3).await)).await.expect(303);
    stage.world.run_jobs().await;

    for position in [2, 3] {
        let page = bob.get(&format!("{}?quote={position}", thread.url)).await.expect(200);
        assert_eq!(page.form("reply").value("body"), "");
    }
}

#[tokio::test]
async fn a_stream_says_only_that_something_changed_and_opens_to_nobody_who_may_not_see() {
    let stage = Stage::set().await;
    stage.world.found("zqmoved", Style::Questions, Audience::Everyone).await;
    let thread = stage.who("sam").start("zqmoved", "zqtitle stands here", "zqbody").await;
    stage.world.run_jobs().await;
    let stop = CancellationToken::new();
    let hub = stage.world.app.hub.clone().listen(stage.world.app.db.clone(), stop.clone());
    let listening = tokio::spawn(hub);
    let live = thread.deed("live");
    let ask = || stage.who("bob").ask(Method::GET, &live).stream();
    let mut stream = ask().await.into_body().into_data_stream();

    let mut heard = None;
    while heard.is_none() {
        stage.who("sam").say(&thread, "zqreply").await;
        stage.world.run_jobs().await;
        heard = timeout(Duration::from_millis(200), stream.next()).await.ok();
    }
    assert_eq!(heard.flatten().unwrap().unwrap(), "data: changed\n\n");

    for role in [Role::Guest, Role::Member] {
        stage.world.allow("zqmoved", Subject::Role(role), None).await;
    }
    while let Some(said) = timeout(Duration::from_secs(10), stream.next()).await.expect("it ends") {
        assert_eq!(said.unwrap(), "data: changed\n\n", "only what was said before");
    }
    assert_eq!(ask().await.status(), 404);
    stop.cancel();
    listening.await.unwrap();
}
