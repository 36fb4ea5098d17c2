//! Members, as those who run the community look for them, and what they see of one.

use crate::harness::{Client, PASSWORD, World};
use candor::groups::Kind;
use time::Duration;

/// Who is found, in order.
async fn found(kim: &Client, query: &str) -> String {
    let page = kim.get(&format!("/admin/members?{query}")).await.expect(200);
    page.texts(".row--person b").join(" ")
}

async fn named(world: &World, handle: &str, name: &str) -> Client {
    let client = world.member(handle).await;
    let form = client.get("/settings").await.form("/settings").set("name", name);
    form.send().await.expect(303);
    client
}

#[tokio::test]
async fn members_are_found_by_the_beginning_of_what_they_are_called() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    named(&world, "al", "Ada Lindqvist").await;
    named(&world, "bo.berg", "Bo Berg").await;

    for (words, who) in [
        ("al", "Ada Lindqvist"),
        ("%40AL", "Ada Lindqvist"),
        ("ada+l", "Ada Lindqvist"),
        ("LIND", "Ada Lindqvist"),
        ("al%40example", "Ada Lindqvist"),
        ("b", "Bo Berg"),
        ("bo.berg%40example.com", "Bo Berg"),
        ("qvist", ""),
        ("%25", ""),
        ("_l", ""),
        ("%5C", ""),
    ] {
        assert_eq!(found(&kim, &format!("q={words}")).await, who, "{words}");
    }
    world.run_jobs().await;
}

#[tokio::test]
async fn members_are_found_by_what_they_are() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    world.member("ada").await;
    world.moderator("tom").await;
    world.staff("sam").await;
    world.group("circle", Kind::Hidden, &["sam", "ada"]).await;
    let zoe = world.guest();
    let form = zoe.get("/sign-up").await.form("/sign-up").set("handle", "zoe").set("name", "Zoe");
    form.set("email", "zoe@example.com").set("password", PASSWORD).send().await.expect(303);
    let ned = world.member("ned").await;
    let closed = ned.get("/settings/close").await.form("/settings/close").set("handle", "ned");
    closed.send().await.expect(303);

    for (query, who) in [
        ("", "Zoe Rex Sam Tom Ada Kim"),
        ("role=staff", "Sam"),
        ("role=admin", "Rex Kim"),
        ("group=circle", "Sam Ada"),
        ("group=circle&role=staff", "Sam"),
        ("group=circle&q=a", "Ada"),
        ("rank=newcomer", "Zoe Rex Sam Tom Ada Kim"),
        ("rank=expert", ""),
        ("state=unproved", "Zoe"),
        ("state=unproved&role=staff", ""),
        ("state=single&role=moderator", "Tom"),
        ("state=closed", "Former member"),
        ("state=erased", ""),
    ] {
        assert_eq!(found(&kim, query).await, who, "{query}");
    }
    world.run_jobs().await;
}

#[tokio::test]
async fn whoever_was_seen_last_comes_first_where_that_is_asked_for() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    world.account("absent").await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    world.advance(Duration::hours(2));
    bob.get("/").await.expect(200);
    world.advance(Duration::hours(2));
    ada.get("/").await.expect(200);
    world.advance(Duration::hours(2));

    assert_eq!(found(&kim, "sort=seen").await, "Kim Ada Bob");
    // Whoever is looked for stands in the list, seen or not.
    assert_eq!(found(&kim, "sort=seen&q=a").await, "Ada Absent");
    assert_eq!(found(&kim, "").await, "Bob Ada Absent Kim");
}

#[tokio::test]
async fn every_member_stands_on_one_page_and_no_more() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    for number in 0..120 {
        world.member(&format!("m{number}")).await;
        world.advance(Duration::minutes(1));
    }

    for query in ["", "sort=seen", "q=m", "q=m&sort=seen"] {
        let (mut seen, mut pages) = (Vec::new(), 0);
        let mut next = Some(format!("/admin/members?{query}"));
        while let Some(address) = next {
            let page = kim.get(&address).await.expect(200);
            seen.extend(page.texts(".row--person b"));
            pages += 1;
            next = page.whole().hrefs().into_iter().find(|href| href.contains("from="));
        }
        seen.retain(|name| name != "Kim");
        let wanted: Vec<String> = (0..120).rev().map(|number| format!("M{number}")).collect();
        assert_eq!(seen, wanted, "{query}");
        assert_eq!(pages, 3, "{query}");
    }
}

#[tokio::test]
async fn sessions_are_ended_with_a_reason_that_stands_in_the_history() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let (ada, elsewhere) = (world.member("ada").await, world.sign_in("ada").await);
    let third = world.sign_in("ada").await;
    let status = async |client: &Client| client.get("/settings").await.status.as_u16();

    let page = kim.get("/admin/members/ada").await.expect(200);
    let answer = page.form("sessions").send().await.expect(422);
    assert_eq!(answer.problem("reason").as_deref(), Some("Say why. It stands in the log."));
    assert_eq!(status(&ada).await, 200);
    let form = answer.form("sessions").set("reason", "A lost phone.");
    form.send_as("End An unknown browser").await.expect(303);
    let left = [status(&ada).await, status(&elsewhere).await, status(&third).await];
    assert_eq!(left.iter().filter(|status| **status == 200).count(), 2, "one of them: {left:?}");
    let page = kim.get("/admin/members/ada").await;
    page.form("sessions")
        .set("reason", "A stolen bag.")
        .send_as("End all sessions")
        .await
        .expect(303);

    for client in [&ada, &elsewhere, &third] {
        assert_eq!(status(client).await, 303);
    }
    let page = kim.get("/admin/members/ada").await;
    assert!(page.words().contains("Signed in nowhere."));
    let history = page.texts(".acts td:last-child");
    assert_eq!(
        history,
        [
            "Ended sessions of @ada Reason: A stolen bag. Sessions: 2 0",
            "Ended sessions of @ada Reason: A lost phone. Sessions: 3 2",
        ]
    );
    kim.post("/admin/members/ada/sessions/none/end", &[("reason", "x")]).await.expect(404);
    kim.post("/admin/members/nobody/sessions/end", &[("reason", "x")]).await.expect(404);
}

#[tokio::test]
async fn the_page_of_a_member_tells_what_was_done_to_them_and_of_a_closed_account_when_it_goes() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let ada = world.member("ada").await;
    world.group("circle", Kind::Request, &[]).await;
    kim.post("/admin/groups/circle/members", &[("handle", "ada")]).await.expect(303);
    ada.start("lounge", "A lamp that hums", "It hums.").await;
    world.run_jobs().await;
    kim.post("/admin/members/ada/roles", &[("role", "staff")]).await.expect(303);

    let page = kim.get("/admin/members/ada").await.expect(200);
    assert!(page.words().contains("ada@example.com Proved"), "{}", page.words());
    assert!(page.words().contains("1 post"));
    assert_eq!(
        page.texts(".acts td:last-child"),
        ["Gave @ada a role Role: staff", "Let @ada into circle"]
    );
    let form = kim
        .get("/admin/members/ada/close")
        .await
        .form("/admin/members/ada/close")
        .set("handle", "ada");
    form.send().await.expect(303);

    let list = kim.get("/admin/members?state=closed").await;
    let page = kim.get(&list.link("Former member")).await.expect(200);
    assert!(page.words().contains("It is erased on"), "{}", page.words());
    assert!(!page.words().contains("ada@example.com"), "what is closed is not shown");
    assert!(!page.text.contains("/roles"), "and there is nothing to grant");
    world.run_jobs().await;
}
