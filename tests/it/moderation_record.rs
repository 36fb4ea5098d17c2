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

#[tokio::test]
async fn the_record_is_narrowed_to_a_board_an_act_and_to_what_people_did() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    let mut posts = Vec::new();
    for (board, title) in
        [("help", "A lamp to sell"), ("lounge", "A chair to sell"), ("help", "A table to sell")]
    {
        let thread = ada.start(board, title, "For sale.").await;
        posts.push((world.post_at(&thread, 1).await, thread));
    }
    tom.remove(posts[0].0, "Advertising").await;
    tom.remove(posts[1].0, "Advertising").await;
    tom.post(&posts[2].1.deed("lock"), &[("reason", "Settled")]).await.expect(303);
    for number in 0..6 {
        let fan = world.member(&format!("fan{number}")).await;
        fan.post(&format!("/p/{}/flag", posts[2].0), &[("reason", "spam")]).await.expect(303);
    }
    world.run_jobs().await;
    let guest = world.guest();
    let shown = async |query: &str| {
        let page = guest.get(&format!("/moderation{query}")).await.expect(200);
        let rows = page.texts(".acts tbody tr");
        let firsts = ["Hid", "Locked", "Removed"];
        let first = |row: &String| firsts.into_iter().find(|first| row.contains(first));
        rows.iter().map(|row| first(row).expect("an act").to_owned()).collect::<Vec<_>>()
    };

    assert_eq!(shown("").await, ["Hid", "Locked", "Removed", "Removed"]);
    assert_eq!(shown("?board=help").await, ["Hid", "Locked", "Removed"]);
    assert_eq!(shown("?act=remove_post").await, ["Removed", "Removed"]);
    assert_eq!(shown("?act=remove_post&board=lounge").await, ["Removed"]);
    assert_eq!(shown("?by=automatic").await, ["Hid"]);
    assert_eq!(shown("?by=people&board=help&act=").await, ["Locked", "Removed"]);
    let none = guest.get("/moderation?act=pin_thread&by=automatic").await.expect(200);
    assert!(none.words().contains("Nothing of that kind"));
    // What is chosen stays chosen, also on the next page; what is not known leaves nothing out.
    let form = none.form("/moderation");
    assert_eq!((form.value("act"), form.value("by")), ("pin_thread", "automatic"));
    assert_eq!(shown("?act=burn&by=nobody").await.len(), 4);
    assert_eq!(shown("?board=staff-room").await.len(), 0);
}

#[tokio::test]
async fn a_narrowed_record_has_pages_of_its_own() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    let thread = ada.start("help", "A lamp that flickers", "It does.").await;
    for number in 0..102 {
        let (deed, fields) = match number % 2 {
            0 => ("pin", &[("to", "board")][..]),
            _ => ("pin/undo", &[][..]),
        };
        tom.post(&thread.deed(deed), fields).await.expect(303);
    }
    world.run_jobs().await;

    let page = world.guest().get("/moderation?act=pin_thread&by=people").await.expect(200);
    assert_eq!(page.texts("tbody tr").len(), 50);
    let older = world.guest().get(&page.link("Older")).await.expect(200);

    assert_eq!(older.texts("tbody tr").len(), 1);
    assert!(older.texts("tbody tr")[0].contains("Pinned"));
}
