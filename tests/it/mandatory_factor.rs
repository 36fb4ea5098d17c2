//! Whom the community asks for a second factor.

use crate::harness::{Client, CodeApp, PASSWORD, World};
use candor::{
    access::{Level, Subject},
    groups::{self, Kind},
    members::{Role, promote},
};
use time::Duration;

const HERE: &str = "/settings/factors";

impl World {
    /// An administrator with an app, who asks for a second factor.
    async fn asking(&self, whom: &str) -> Client {
        self.account("ruth").await;
        promote(&self.app, "ruth", Role::Admin).await.unwrap();
        let ruth = self.after_password("ruth").await;
        ruth.set_up_app(self).await;
        let page = ruth.get("/admin/settings").await.expect(200);
        let form = page.form("/admin/settings").set("second_factor", whom);
        form.send().await.expect(303);
        ruth
    }
}

#[tokio::test]
async fn whoever_must_have_a_second_factor_can_do_nothing_else_before() {
    let world = World::new().await;
    world.account("tom").await;
    promote(&world.app, "tom", Role::Moderator).await.unwrap();
    let tom = world.after_password("tom").await;
    let ada = world.member("ada").await;
    let thread = ada.start("help", "A lamp flickers", "It does so at night.").await;
    tom.get("/").await.expect(200);

    world.asking("staff").await;

    // From the next request on, in a browser that was signed in already.
    for path in
        ["/", "/boards", &thread.url, "/settings", "/settings/security", "/moderation", "/inbox"]
    {
        assert_eq!(tom.get(path).await.expect(303).location(), HERE, "{path}");
    }
    let refused = tom.post(&thread.deed("lock"), &[("reason", "It is settled.")]).await.expect(403);
    assert!(refused.words().contains("second factor"), "{}", refused.words());
    ada.get("/").await.expect(200);
    world.guest().get("/").await.expect(200);
    let page = tom.get(HERE).await.expect(200);
    assert!(page.words().contains("asks for a second factor on your account"));
    page.part("main").button("Sign out").send().await.expect(303);

    let tom = world.after_password("tom").await;
    assert_eq!(tom.get("/").await.expect(303).location(), HERE);
    tom.set_up_app(&world).await;
    tom.get("/").await.expect(200);
    tom.post(&thread.deed("lock"), &[("reason", "It is settled.")]).await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn each_answer_binds_whom_it_names() {
    for (whom, bound) in [
        ("nobody", &[][..]),
        ("staff", &["tom", "sue", "amy"]),
        ("everybody", &["ada", "tom", "sue", "amy"]),
    ] {
        let world = World::new().await;
        let people = [
            ("ada", world.member("ada").await),
            ("tom", world.moderator("tom").await),
            ("sue", world.staff("sue").await),
            ("amy", world.admin("amy").await),
        ];
        world.asking(whom).await;
        for (handle, client) in people {
            let led = client.get("/").await.status == 303;
            assert_eq!(led, bound.contains(&handle), "{whom} {handle}");
        }
        world.run_jobs().await;
    }
}

#[tokio::test]
async fn whoever_moderates_by_a_group_or_a_board_is_a_moderator_too() {
    let world = World::new().await;
    let people = [
        ("gus", world.member("gus").await),
        ("bea", world.member("bea").await),
        ("cat", world.member("cat").await),
        ("ada", world.member("ada").await),
    ];
    let keepers = Subject::Group(world.group("keepers", Kind::Hidden, &["gus"]).await);
    world.allow("lounge", keepers, Some(Level::Moderate)).await;
    let bea = Subject::Member(world.id_of("bea").await);
    world.allow("beta", bea, Some(Level::Moderate)).await;
    let cat = Subject::Member(world.id_of("cat").await);
    world.allow_below("community", cat, Some(Level::Moderate)).await;
    let regulars = Subject::Group(world.group("regulars", Kind::Open, &["ada"]).await);
    world.allow("lounge", regulars, Some(Level::Start)).await;

    let ruth = world.asking("staff").await;

    for (handle, client) in &people {
        let led = client.get("/").await.status == 303;
        assert_eq!(led, *handle != "ada", "{handle}");
    }
    // And cannot take it away again.
    world.account("dot").await;
    let dot = world.after_password("dot").await;
    let (app, _) = dot.set_up_app(&world).await;
    groups::add(&world.app, world.ruler().await.member(), "keepers", "dot").await.unwrap();
    let remove = async || {
        world.advance(Duration::seconds(30));
        let fields = [("password", PASSWORD), ("code", &app.code(&world)[..])];
        dot.post("/settings/factors/app/remove", &fields).await
    };
    remove().await.expect(403);
    ruth.post("/admin/settings", &[("second_factor", "nobody")]).await.expect(303);
    remove().await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn the_last_factor_stays_with_whoever_must_have_one() {
    let world = World::new().await;
    let ruth = world.asking("everybody").await;
    let (ada, app, _) = {
        world.account("ada").await;
        let ada = world.after_password("ada").await;
        let (app, codes) = ada.set_up_app(&world).await;
        (ada, app, codes)
    };
    let remove = async |app: &CodeApp| {
        world.advance(Duration::seconds(30));
        let fields = [("password", PASSWORD), ("code", &app.code(&world)[..])];
        ada.post("/settings/factors/app/remove", &fields).await
    };

    let refused = remove(&app).await.expect(403);
    assert!(refused.words().contains("this is the last"), "{}", refused.words());
    ada.add_passkey("My phone").await.1.expect(303);
    remove(&app).await.expect(303);
    let id = world.count("select id from passkeys").await;
    let passkey = format!("/settings/factors/passkeys/{id}/remove");
    ada.post(&passkey, &[("password", PASSWORD)]).await.expect(403);
    ruth.post("/admin/settings", &[("second_factor", "staff")]).await.expect(303);
    ada.post(&passkey, &[("password", PASSWORD)]).await.expect(303);

    world.run_jobs().await;
}

#[tokio::test]
async fn the_switch_stands_in_the_log() {
    let world = World::new().await;
    let ruth = world.asking("staff").await;

    let lines = ruth.get("/admin/log").await.expect(200).texts(".acts td");

    let told =
        |line: &String| line.contains("Who must have a second factor") && line.contains("Staff");
    assert!(lines.iter().any(told), "{lines:?}");
}

#[tokio::test]
async fn an_administrator_takes_the_factors_of_another_away_but_not_their_own() {
    let world = World::new().await;
    let ruth = world.asking("nobody").await;
    let (ada, ..) = world.with_app("ada").await;

    let page = ruth.get("/admin/members/ada").await.expect(200);
    page.button("Take second factors away").send().await.expect(303);
    ruth.post("/admin/members/ruth/factors/take", &[]).await.expect(403);
    assert!(!ruth.get("/admin/members/ruth").await.text.contains("/factors/take"));

    assert!(!ada.is_signed_in().await && world.after_password("ada").await.is_signed_in().await);
    let lines = ruth.get("/admin/log").await.texts(".acts td");
    assert!(lines.iter().any(|line| line.contains("second factors of @ada")), "{lines:?}");
    world.run_jobs().await;
    assert!(world.mail_to("ada@example.com").text.contains("have taken away"));
}
