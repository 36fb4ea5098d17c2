//! The mail that followers of a thread get, and how they end it.

use crate::harness::{PUBLIC, World};
use candor::{
    access::{Audience, open_board},
    kit::BoardId,
};

#[tokio::test]
async fn a_follower_gets_the_reply_by_mail_and_its_author_none() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    let id = thread.split('/').nth(2).unwrap();

    ben.reply(&thread, "Clean the **rollers** & wait.").await;
    world.run_jobs().await;

    let mails = world.mails();
    assert_eq!(mails.len(), 1);
    let mail = world.mail_to("ada@example.com");
    assert_eq!(mail.subject, "Re: The printer jams");
    assert!(mail.text.contains("Clean the rollers & wait."), "{}", mail.text);
    assert!(mail.text.contains(&format!("{PUBLIC}/t/{id}/p/2")));
    assert!(
        mail.html.contains("Clean the rollers &#38; wait.") && mail.html.contains("<blockquote")
    );
    assert!(mail.key.starts_with("event:") && mail.key.contains(":member:"));
    let unsubscribe = mail.unsubscribe.unwrap();
    assert!(mail.html.contains(&unsubscribe) && mail.text.contains(&unsubscribe));
}

#[tokio::test]
async fn no_mail_goes_to_one_who_has_read_so_far() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    let id = thread.split('/').nth(2).unwrap();

    ben.reply(&thread, "Which one?").await;
    ada.post(&format!("/t/{id}/reading"), &[("position", "2")]).await.expect(303);
    world.run_jobs().await;

    assert!(world.mails().is_empty());
}

#[tokio::test]
async fn no_mail_tells_of_what_is_gone_or_closed_to_its_reader() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    ben.reply(&thread, "Which one?").await;
    let post = world.count("select id from posts where position = 2").await;
    ben.post(&format!("/p/{post}/delete"), &[]).await.expect(303);
    world.run_jobs().await;
    assert!(world.mails().is_empty(), "deleted meanwhile");

    ben.reply(&thread, "I meant: which tray?").await;
    let board = world.count("select id from boards where slug = 'help'").await;
    let mut tx = world.app.db.begin().await.unwrap();
    open_board(&mut tx, BoardId(board), Audience::Staff, false).await.unwrap();
    tx.commit().await.unwrap();
    world.run_jobs().await;
    assert!(world.mails().is_empty(), "closed meanwhile");
}

#[tokio::test]
async fn an_unconfirmed_address_gets_no_replies() {
    let world = World::new().await;
    let (guest, ben) = (world.guest(), world.member("ben").await);
    let form = guest.get("/sign-up").await.form("/sign-up");
    let typed = form.set("handle", "ada").set("name", "Ada").set("email", "ada@example.com");
    typed.set("password", "correct horse battery").send().await.expect(303);
    world.run_jobs().await;
    assert_eq!(world.mails().len(), 1, "the link that proves the address");

    let thread = guest.begin("help", "The printer jams", "Every morning.").await;
    ben.reply(&thread, "Which one?").await;
    world.run_jobs().await;

    assert_eq!(world.mails().len(), 1);
}

#[tokio::test]
async fn one_click_of_a_mail_provider_mutes_the_thread() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    ben.reply(&thread, "Which one?").await;
    world.run_jobs().await;
    let link = world.mail_to("ada@example.com").unsubscribe.unwrap();

    let anybody = world.guest();
    let page = anybody.get(&link).await.expect(200);
    assert!(page.words().contains("“The printer jams”"));
    ben.reply(&thread, "Looking at the link mutes nothing.").await;
    world.run_jobs().await;
    assert_eq!(world.mails().len(), 2);

    // As RFC 8058 has it: no cookies, nothing a browser says of itself.
    let click = anybody.ask(axum::http::Method::POST, &link).without("origin");
    let click = click.without("sec-fetch-site").fields(&[("List-Unsubscribe", "One-Click")]);
    click.send().await.expect(200);
    ben.reply(&thread, "And now?").await;
    world.run_jobs().await;

    assert_eq!(world.mails().len(), 2);
    assert_eq!(ada.get("/inbox").await.texts(".for-you button").len(), 2);
    page.button("Mute thread").press().await.expect(200);
    anybody.get("/unsubscribe/made-up").await.expect(404);
    anybody.post("/unsubscribe/made-up", &[]).await.expect(404);
}
