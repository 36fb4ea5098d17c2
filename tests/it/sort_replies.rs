//! Replies in the order of time, or most helpful first.

use crate::harness::{Answer, Begun, Client, World};

struct Stage {
    world: World,
    ada: Client,
    bob: Client,
    thread: Begun,
}

/// Ada's question with so many replies of Bob's, the first at 2.
async fn stage(replies: i32) -> Stage {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    for number in 0..replies {
        bob.say(&thread, &format!("Thought number {number}.")).await;
    }
    world.run_jobs().await;
    Stage { world, ada, bob, thread }
}

impl Stage {
    async fn thank(&self, position: i32, people: &[&Client]) {
        let post = self.world.post_at(&self.thread, position).await;
        for person in people {
            person.press(&format!("/p/{post}/kudos")).await.expect(303);
        }
    }

    fn helpful(&self) -> String {
        format!("{}?sort=helpful", self.thread.url)
    }
}

/// Positions of the posts on a page, as they stand.
fn places(page: &Answer) -> Vec<String> {
    let there = "[id^=p] .post__when a[href*='/p/']";
    page.texts(&format!(".post{there}, .tombstone{there}"))
}

#[tokio::test]
async fn the_accepted_come_first_then_the_most_thanked_then_the_oldest_then_what_is_gone() {
    let stage = stage(6).await;
    let carla = stage.world.member("carla").await;
    stage.thank(4, &[&stage.ada]).await;
    stage.thank(6, &[&stage.ada, &carla]).await;
    let gone = stage.world.post_at(&stage.thread, 2).await;
    stage.bob.press(&format!("/p/{gone}/delete")).await.expect(303);
    let accepted = stage.world.post_at(&stage.thread, 5).await;
    stage.ada.press(&format!("/p/{accepted}/solution")).await.expect(303);
    stage.world.run_jobs().await;

    let guest = stage.world.guest();
    let by_time = guest.get(&stage.thread.url).await.expect(200);
    let by_help = guest.get(&stage.helpful()).await.expect(200);

    assert_eq!(places(&by_time), ["#1", "#2", "#3", "#4", "#5", "#6", "#7"]);
    assert_eq!(places(&by_help), ["#1", "#5", "#6", "#4", "#3", "#7", "#2"]);
    assert_eq!(by_help.texts(".solution .post__when a"), ["#5"], "in the box, and once");
    let canonical = by_help.part("link[rel=canonical]").attr("href").unwrap().to_owned();
    assert!(canonical.ends_with(&stage.thread.url), "{canonical}");
}

#[tokio::test]
async fn accepted_replies_stand_in_the_order_of_their_confirmations() {
    let stage = stage(2).await;
    for position in [2, 3] {
        let post = stage.world.post_at(&stage.thread, position).await;
        stage.ada.press(&format!("/p/{post}/solution")).await.expect(303);
    }
    let carla = stage.world.member("carla").await;
    carla.press(&stage.thread.deed("me-too")).await.expect(303);
    for (position, answer) in [(2, "unsolved"), (3, "solved")] {
        let post = stage.world.post_at(&stage.thread, position).await;
        let said = [("answer", answer)];
        carla.post(&format!("/p/{post}/confirmation"), &said).await.expect(303);
    }
    stage.world.run_jobs().await;

    let page = stage.world.guest().get(&stage.helpful()).await.expect(200);

    assert_eq!(places(&page), ["#1", "#3", "#2"]);
}

#[tokio::test]
async fn kudos_weigh_what_the_rank_of_whoever_gives_them_says() {
    let stage = stage(3).await;
    let kim = stage.world.admin("kim").await;
    let (carla, dora) = (stage.world.member("carla").await, stage.world.member("dora").await);
    stage.thank(3, &[&carla, &dora]).await;
    let first = stage.world.texts("select slug from ranks where position = 1").await.concat();
    let weighs = async |weight: &str| {
        let rank = kim.get(&format!("/admin/ranks/{first}")).await.expect(200);
        let look = rank.form("rank").set("kudos_weight", weight).send().await;
        if look.status.as_u16() == 200 {
            look.form("rank").send().await.expect(303);
        }
        stage.world.run_jobs().await;
    };

    weighs("2.5").await;
    stage.thank(4, &[&stage.ada]).await;
    weighs("1").await;
    let guest = stage.world.guest();
    let by_help = guest.get(&stage.helpful()).await.expect(200);
    assert_eq!(places(&by_help), ["#1", "#4", "#3", "#2"], "as it weighed when it was given");

    let post = stage.world.post_at(&stage.thread, 4).await;
    stage.ada.press(&format!("/p/{post}/kudos/undo")).await.expect(303);
    stage.thank(4, &[&stage.ada]).await;
    let by_help = guest.get(&stage.helpful()).await.expect(200);
    assert_eq!(places(&by_help), ["#1", "#3", "#4", "#2"], "taken back whole");
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn a_member_chooses_once_and_a_guest_by_address() {
    let stage = stage(3).await;
    stage.thank(4, &[&stage.ada]).await;
    stage.world.run_jobs().await;
    let other = stage.ada.start("help", "A tap drips", "It does.").await;
    for number in 0..2 {
        stage.bob.say(&other, &format!("Word number {number}.")).await;
    }
    let carla = stage.world.member("carla").await;
    carla.press(&format!("/p/{}/kudos", stage.world.post_at(&other, 3).await)).await.expect(303);
    stage.world.run_jobs().await;

    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    let chosen = page.button("Most helpful first").press().await.expect(303);
    assert_eq!(chosen.location(), format!("{}#replies", stage.thread.url));

    let page = chosen.follow().await.expect(200);
    assert_eq!(places(&page), ["#1", "#4", "#2", "#3"]);
    assert_eq!(page.texts(".replies__order [aria-pressed=true]"), ["Most helpful first"]);
    let elsewhere = stage.world.sign_in("ada").await.get(&other.url).await.expect(200);
    assert_eq!(places(&elsewhere), ["#1", "#3", "#2"], "everywhere, and on every device");
    let guest = stage.world.guest();
    let page = guest.get(&guest.get(&other.url).await.link("Most helpful first")).await.expect(200);
    assert_eq!(places(&page), ["#1", "#3", "#2"]);
    assert_eq!(places(&guest.get(&other.url).await), ["#1", "#2", "#3"]);

    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    page.button("Oldest first").press().await.expect(303);
    assert_eq!(places(&stage.ada.get(&stage.thread.url).await), ["#1", "#2", "#3", "#4"]);
}

#[tokio::test]
async fn pages_lead_on_and_back_and_every_reply_stands_on_one() {
    let stage = stage(47).await;
    stage.thank(40, &[&stage.ada]).await;
    stage.world.run_jobs().await;
    let guest = stage.world.guest();

    let first = guest.get(&stage.helpful()).await.expect(200);
    let second = guest.get(&first.link("Further replies")).await.expect(200);
    let third = guest.get(&second.link("Further replies")).await.expect(200);

    let mut all = [places(&first), places(&second), places(&third)].concat();
    assert_eq!(all[..4], ["#1", "#40", "#2", "#3"]);
    assert_eq!((places(&first).len(), places(&second).len(), places(&third).len()), (21, 20, 7));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 48);
    assert!(!third.words().contains("Further replies"));
    let back = guest.get(&third.link("More helpful")).await.expect(200);
    assert_eq!(places(&back), places(&second));
    let back = guest.get(&back.link("More helpful")).await.expect(200);
    assert_eq!(places(&back), places(&first));
    for odd in ["from=0", "from=1", "from=999", "from=-3", "from=2147483647", "at=5"] {
        let page = guest.get(&format!("{}&{odd}", stage.helpful())).await.expect(200);
        assert_eq!(places(&page), places(&first), "{odd}");
    }
    for odd in ["from=-3&at=0", "from=9&at=9223372036854775807", "from=9&at=-9223372036854775808"] {
        guest.get(&format!("{}&{odd}", stage.helpful())).await.expect(200);
    }
    guest.get(&format!("{}?sort=loudest", stage.thread.url)).await.expect(400);
}

#[tokio::test]
async fn the_next_page_goes_on_where_the_one_before_ended_whatever_becomes_of_its_first_reply() {
    for deed in ["delete", "solution", "kudos"] {
        let stage = stage(47).await;
        let guest = stage.world.guest();
        let page = guest.get(&stage.helpful()).await.expect(200);
        let further = page.link("Further replies");
        let anchor = stage.world.post_at(&stage.thread, 22).await;
        let who = if deed == "delete" { &stage.bob } else { &stage.ada };
        who.press(&format!("/p/{anchor}/{deed}")).await.expect(303);
        stage.world.run_jobs().await;

        let second = guest.get(&further).await.expect(200);

        assert_eq!(places(&second)[..2], ["#23", "#24"], "{deed}");
        assert_eq!(places(&second).len(), 20);
        guest.get(&second.link("More helpful")).await.expect(200);
    }
}

#[tokio::test]
async fn what_is_gone_stands_last_whatever_its_kudos_were_thought_to_weigh() {
    let stage = stage(3).await;
    let gone = stage.world.post_at(&stage.thread, 2).await;
    stage.bob.press(&format!("/p/{gone}/delete")).await.expect(303);
    stage.world.run_jobs().await;
    // As the release before this one leaves a reply of which half a thank-you was taken back.
    let lost = "update posts set kudos_extra = -500 where position = 4";
    let mut owner = stage.world.as_owner().await;
    sqlx::raw_sql(lost).execute(&mut owner).await.unwrap();

    let page = stage.world.guest().get(&stage.helpful()).await.expect(200);

    assert_eq!(places(&page), ["#1", "#3", "#4", "#2"]);
}

#[tokio::test]
async fn no_place_is_lost_in_either_order() {
    let stage = stage(47).await;
    stage.thank(40, &[&stage.ada]).await;
    stage.ada.post(&stage.thread.deed("reading/order"), &[("order", "helpful")]).await.expect(303);
    stage.world.run_jobs().await;

    for position in 1..=48 {
        let found = stage.ada.get(&stage.thread.deed(&format!("p/{position}"))).await.expect(303);
        assert!(found.location().ends_with(&format!("#p{position}")), "{}", found.location());
        let page = found.follow().await.expect(200);
        assert_eq!(page.texts(&format!("#p{position}")).len(), 1, "{position}");
        assert_eq!(page.texts(".replies__order [aria-pressed=true]"), ["Most helpful first"]);
    }
    let post = stage.world.post_at(&stage.thread, 30).await;
    let thanked = stage.ada.press(&format!("/p/{post}/kudos")).await.expect(303);
    assert_eq!(thanked.follow().await.expect(200).texts("#p30").len(), 1);
    stage.ada.post(&stage.thread.deed("reading"), &[("position", "25")]).await.expect(303);
    let unread = stage.ada.get(&stage.thread.deed("unread")).await.expect(303);
    assert_eq!(unread.location(), format!("{}?page=2#p26", stage.thread.url));
    let page = unread.follow().await.expect(200);
    assert_eq!(page.texts("#unread"), ["New since your last visit"]);
    let page = stage.ada.get(&page.link("1")).await.expect(200);
    assert_eq!(places(&page)[..3], ["#1", "#2", "#3"], "the pages of a conversation are its own");
    let said = stage.ada.say(&stage.thread, "Thank you all.").await;
    assert_eq!(said, format!("{}?page=3#p49", stage.thread.url));
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn one_can_answer_and_quote_from_either_order() {
    let stage = stage(25).await;
    let page = stage.ada.get(&stage.helpful()).await.expect(200);

    let quoting = stage.ada.get(&page.part("#p3").link("Quote")).await.expect(200);

    assert_eq!(places(&quoting), places(&page));
    assert!(quoting.form("reply").value("body").contains("Thought number 1."));
}
