//! Removing and restoring posts, and the record that everybody reads.

use crate::harness::World;

#[tokio::test]
async fn a_removal_needs_a_reason_and_stands_in_the_record_under_a_pseudonym() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    let id = thread.split('/').nth(2).unwrap();
    ada.reply(&thread, "Buy my printers.").await;
    world.run_jobs().await;
    let post = world.count("select id from posts where position = 2").await;

    let page = tom.get(&format!("/p/{post}/remove")).await.expect(200);
    assert!(page.words().contains("Buy my printers.") && page.words().contains("Ada"));
    let empty = page.form("Remove post").set("reason", "  ").send().await.expect(422);
    assert!(empty.problem("reason").is_some());
    let long = "Advertising ".repeat(60);
    let kept = page.form("Remove post").set("reason", &long).send().await.expect(422);
    assert_eq!(kept.form("Remove post").value("reason"), long.trim());
    let done = kept.form("Remove post").set("reason", "Advertising").send().await.expect(303);
    assert!(done.location().ends_with("#p2"));

    let record = world.guest().get("/moderation").await.expect(200);
    let row = record.texts(".acts tbody tr");
    assert_eq!(row.len(), 1);
    assert!(row[0].contains("Moderator 1") && row[0].contains("Removed #2 in The printer jams"));
    assert!(row[0].contains("Advertising") && !record.text.contains("Tom"));
    assert_eq!(record.link("#2 in The printer jams"), format!("/t/{id}/p/2"));

    // Again, it only leads to the tombstone.
    tom.get(&format!("/p/{post}/remove")).await.expect(303);
    tom.post(&format!("/p/{post}/restore"), &[("reason", &long)]).await.expect(403);
    tom.post(&format!("/p/{post}/restore"), &[("reason", "It was a joke")]).await.expect(303);
    let record = world.guest().get("/moderation").await.expect(200);
    assert!(record.texts(".acts tbody tr")[0].contains("Restored #2 in The printer jams"));
    assert!(record.words().contains("It was a joke"));
    world.run_jobs().await;
}

#[tokio::test]
async fn only_moderators_remove_and_what_cannot_be_seen_does_not_exist() {
    let world = World::new().await;
    let (ada, ben, tom) =
        (world.member("ada").await, world.member("ben").await, world.moderator("tom").await);
    ada.begin("help", "The printer jams", "Every morning.").await;
    let open = world.count("select max(id) from posts").await;
    tom.begin("staff-room", "Who is on duty", "This weekend, I mean.").await;
    let hidden = world.count("select max(id) from posts").await;
    world.run_jobs().await;

    for (post, status) in [(open, 403), (hidden, 404), (999, 404)] {
        ben.get(&format!("/p/{post}/remove")).await.expect(status);
        ben.post(&format!("/p/{post}/remove"), &[("reason", "Mine")]).await.expect(status);
        ben.post(&format!("/p/{post}/restore"), &[]).await.expect(status);
    }
    world.guest().get(&format!("/p/{open}/remove")).await.expect(303);
    world.guest().post(&format!("/p/{open}/remove"), &[("reason", "Mine")]).await.expect(401);
}

#[tokio::test]
async fn the_record_tells_nothing_of_hidden_boards_nor_the_titles_of_what_is_gone() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    ada.begin("help", "Buy my printers", "They never jam.").await;
    let open = world.count("select max(id) from posts").await;
    tom.begin("staff-room", "Who is on duty", "This weekend, I mean.").await;
    let hidden = world.count("select max(id) from posts").await;
    for post in [open, hidden] {
        tom.post(&format!("/p/{post}/remove"), &[("reason", "Advertising")]).await.expect(303);
    }
    world.run_jobs().await;

    let record = ada.get("/moderation").await.expect(200);
    assert_eq!(record.texts(".acts tbody tr").len(), 1);
    assert!(!record.text.contains("Buy my printers") && !record.text.contains("duty"));
    assert!(record.words().contains("a thread that was taken back on Help"));
    assert_eq!(tom.get("/moderation").await.texts(".acts tbody tr").len(), 2);
    let first = world.count("select min(id) from moderation_ledger").await;
    let below = tom.get(&format!("/moderation?below={}", first + 1)).await.expect(200);
    assert_eq!(below.texts(".acts tbody tr").len(), 1);
    tom.get("/moderation?below=x").await.expect(400);
}
