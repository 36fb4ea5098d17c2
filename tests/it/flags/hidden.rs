//! What several members flag is out of sight until a moderator has looked at it.

use super::{Stage, stage};
use crate::harness::Client;

/// The post, flagged by three members without a record.
async fn hidden() -> (Stage, Vec<Client>) {
    let stage = stage().await;
    let crowd = stage.crowd(3).await;
    for fan in &crowd {
        stage.flagged(fan, "abuse").await;
    }
    (stage, crowd)
}

impl Stage {
    async fn is_read(&self) -> bool {
        self.world.guest().get(&self.thread.url).await.expect(200).text.contains("Buy my lamps.")
    }
}

const POINTS: &str = "select total from metric_totals join members on members.id = member_id
    where metric = 'points' and handle = 'bob'";

#[tokio::test]
async fn three_flags_hide_a_post_and_its_author_is_told_at_once() {
    let stage = stage().await;
    let crowd = stage.crowd(3).await;
    assert_eq!(stage.world.count(POINTS).await, 2);

    for (number, fan) in crowd.iter().enumerate() {
        assert!(stage.is_read().await, "after {number}");
        stage.flagged(fan, "abuse").await;
    }

    assert!(!stage.is_read().await);
    let search = stage.world.guest().get("/search?q=lamps").await.expect(200);
    assert!(!search.part("main").words().contains("Buy my"));
    assert_eq!(stage.world.count(POINTS).await, 0);
    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    assert!(page.part("#p2").words().contains("until a moderator has looked at it"));
    let own = stage.bob.get(&stage.thread.url).await.expect(200).part("#p2").words();
    assert!(own.contains("Your words Buy my lamps.") && own.contains("You will hear"), "{own}");
    let inbox = stage.inbox(&stage.bob).await;
    assert!(inbox.contains("Your post in A lamp flickers is hidden until a moderator"), "{inbox}");
    let record = stage.record().await;
    assert_eq!(record.len(), 1);
    assert!(
        record[0].contains("Community Hid #2 in A lamp flickers until a moderator"),
        "{record:?}"
    );
    assert!(stage.waiting(&stage.tom).await[0].contains("Hidden"));
}

#[tokio::test]
async fn a_hidden_post_is_put_back_with_all_it_had_earned() {
    let (stage, crowd) = hidden().await;

    let page = stage.tom.get(&stage.thread.url).await.expect(200);
    let page = stage.tom.get(&page.part("#p2").link("Look at it…")).await.expect(200);
    page.part(".case").form("Put it back").send_as("Put it back").await.expect(303);

    assert!(stage.is_read().await);
    assert_eq!(stage.world.count(POINTS).await, 2);
    let inbox = stage.inbox(&stage.bob).await;
    assert!(inbox.contains("Moderator 1 put back your post in A lamp flickers"), "{inbox}");
    assert!(stage.inbox(&crowd[0]).await.contains("let it stay"));
    let record = stage.record().await;
    assert!(record[0].contains("Moderator 1 Restored #2"), "{record:?}");
}

#[tokio::test]
async fn a_hidden_post_is_removed_for_good_and_can_still_be_restored() {
    let (stage, crowd) = hidden().await;

    let removed = [("decision", "remove"), ("reason", "Be kind.")];
    stage.tom.post(&stage.review(), &removed).await.expect(303);
    let tombstone = stage.ada.get(&stage.thread.url).await.expect(200).part("#p2").words();
    assert!(tombstone.contains("Removed by Moderator 1"), "{tombstone}");
    assert!(tombstone.contains("Be kind."), "{tombstone}");
    assert!(stage.inbox(&crowd[1]).await.contains("and removed it"));
    assert!(stage.inbox(&stage.bob).await.contains("Be kind."));
    assert_eq!(stage.world.count(POINTS).await, 0);
    assert_eq!(stage.record().await.len(), 2);

    for _ in 0..2 {
        stage.tom.press(&format!("/p/{}/restore", stage.post)).await.expect(303);
        stage.world.run_jobs().await;
        assert!(stage.is_read().await);
        assert_eq!(stage.world.count(POINTS).await, 2);
        stage.tom.remove(stage.post, "Be kind.").await;
        stage.world.run_jobs().await;
        assert_eq!(stage.world.count(POINTS).await, 0);
    }
}

#[tokio::test]
async fn a_hidden_question_shows_its_title_nowhere() {
    let mut stage = stage().await;
    stage.post = stage.world.post_at(&stage.thread, 1).await;
    for fan in &stage.crowd(3).await {
        stage.flagged(fan, "abuse").await;
    }
    stage.world.run_jobs().await;

    for list in
        ["/", "/boards", "/b/help", "/m/ada", "/moderation", "/search?q=flickers", "/feed.atom"]
    {
        let page = stage.world.guest().get(list).await.expect(200);
        assert!(!page.text.contains("A lamp flickers"), "{list}");
    }
    assert!(stage.waiting(&stage.tom).await[0].contains("A lamp flickers"));
    stage.tom.post(&stage.review(), &[("decision", "keep")]).await.expect(303);
    stage.world.run_jobs().await;
    assert!(stage.world.guest().get("/b/help").await.text.contains("A lamp flickers"));
}

#[tokio::test]
async fn flags_of_members_who_just_joined_count_half() {
    let stage = stage().await;
    for number in 0..6 {
        assert!(stage.is_read().await, "after {number}");
        let fresh = stage.world.member(&format!("fresh{number}")).await;
        stage.flagged(&fresh, "abuse").await;
    }
    stage.world.run_jobs().await;

    assert!(!stage.is_read().await);
}

#[tokio::test]
async fn flags_of_members_who_were_right_count_more_and_of_those_who_were_wrong_less() {
    let stage = stage().await;
    let crowd = stage.crowd(4).await;
    let (right, wrong) = crowd.split_at(2);
    for number in 0..8 {
        let thread =
            stage.bob.start("lounge", &format!("Lamps for all {number}"), "Buy them.").await;
        let post = stage.world.post_at(&thread, 1).await;
        let (fans, decision) = if number < 4 { (right, "remove") } else { (wrong, "keep") };
        for fan in fans {
            fan.post(&format!("/p/{post}/flag"), &[("reason", "spam")]).await.expect(303);
        }
        let fields = [("decision", decision), ("reason", "Spam.")];
        stage.tom.post(&format!("/p/{post}/review"), &fields).await.expect(303);
        stage.world.run_jobs().await;
    }

    for fan in wrong {
        stage.flagged(fan, "spam").await;
    }
    stage.flagged(&right[0], "spam").await;
    assert!(stage.is_read().await);
    stage.flagged(&right[1], "spam").await;
    assert!(!stage.is_read().await);
    let case = stage.tom.get(&stage.review()).await.expect(200).part(".case").words();
    assert!(case.contains("mostly right before") && case.contains("often wrong before"), "{case}");
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn what_a_person_kept_is_never_hidden_by_flags_again() {
    let (stage, _) = hidden().await;
    stage.tom.post(&stage.review(), &[("decision", "keep")]).await.expect(303);

    for number in 3..8 {
        let fan = stage.world.member(&format!("fan{number}")).await;
        stage.world.advance(time::Duration::days(2));
        stage.flagged(&fan, "abuse").await;
    }
    stage.world.run_jobs().await;

    assert!(stage.is_read().await);
    assert_eq!(stage.waiting(&stage.tom).await.len(), 1);
}

#[tokio::test]
async fn what_solves_a_question_or_speaks_for_the_community_stays_in_sight() {
    let mut stage = stage().await;
    let crowd = stage.crowd(4).await;
    stage.ada.press(&format!("/p/{}/solution", stage.post)).await.expect(303);
    for fan in &crowd {
        stage.flagged(fan, "abuse").await;
    }
    assert!(stage.is_read().await);

    stage.world.staff("sam").await.say(&stage.thread, "We sell lamps as well.").await;
    stage.post = stage.world.post_at(&stage.thread, 3).await;
    for fan in &crowd {
        stage.flagged(fan, "spam").await;
    }
    stage.world.run_jobs().await;
    let page = stage.world.guest().get(&stage.thread.url).await.expect(200);
    assert!(page.text.contains("We sell lamps as well."));
    assert_eq!(stage.waiting(&stage.tom).await.len(), 2);
}

#[tokio::test]
async fn flags_hide_nothing_where_the_owner_does_not_want_it() {
    let stage = stage().await;
    let admin = stage.world.admin("ruth").await;
    let page = admin.get("/admin/settings").await.expect(200);
    page.form("/admin/settings").set("flags_to_hide", "0").send().await.expect(303);

    for fan in &stage.crowd(4).await {
        stage.flagged(fan, "abuse").await;
    }

    assert!(stage.is_read().await);
}
