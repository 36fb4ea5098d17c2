//! A community whose size can be chosen: the cast, which is the same in any, and the crowd around it.

use super::explain::SETTINGS;
use crate::harness::{Begun, Client, PASSWORD, World, photograph};
use candor::{access::Audience, boards::Style, doctor};
use sqlx::{AssertSqlSafe, Connection, Row};
use std::collections::BTreeMap;
use time::Duration;

/// A community and what its people know of it.
pub(super) struct Town {
    pub(super) world: World,
    pub(super) ada: Client,
    pub(super) bob: Client,
    pub(super) carla: Client,
    pub(super) tom: Client,
    /// Ada's question, with two pages of replies and some more.
    pub(super) ruth: Client,
    pub(super) thread: Begun,
    /// Links that were mailed, two of each: their paths.
    pub(super) confirm: Vec<String>,
    pub(super) reset: Vec<String>,
    pub(super) unsubscribe: Vec<String>,
    pub(super) stylesheet: String,
}

impl Town {
    /// With a crowd of so many times its smallest size.
    pub(super) async fn of(times: u32) -> Self {
        let world = World::on_one_connection(&SETTINGS).await;
        world.give_badges().await;
        let ada = world.member("ada").await;
        let (bob, tom) = (world.member("bob").await, world.moderator("tom").await);
        let carla = world.member("carla").await;
        let ruth = world.admin("ruth").await;
        world.found("quiet", Style::Questions, Audience::Everyone).await;
        let thread = ada.start_tagged("help", "A switch sticks", "It does so.", "switch").await;
        let mut town = Self {
            stylesheet: stylesheet(&world).await,
            world,
            ada,
            bob,
            carla,
            tom,
            ruth,
            thread,
            confirm: Vec::new(),
            reset: Vec::new(),
            unsubscribe: Vec::new(),
        };
        town.talk().await;
        town.mails().await;
        town.crowd(times).await;
        // Less than the hour after which a session is noted again, and while mailed links are good.
        town.world.advance(Duration::minutes(15));
        town
    }

    /// What everybody may look at, and an inbox of more than a page.
    async fn talk(&self) {
        let Self { world, ada, bob, tom, thread, .. } = self;
        for number in 2..=45 {
            world.advance(Duration::seconds(10));
            bob.say(thread, &format!("Try switch {number}, @ada.")).await;
        }
        let removed = world.post_at(thread, 29).await;
        tom.remove(removed, "Beside the point.").await;
        for (who, position) in [(ada, 3), (bob, 1)] {
            let post = world.post_at(thread, position).await;
            who.press(&format!("/p/{post}/kudos")).await.expect(303);
        }
        let picture = bob.upload("switch.jpg", &photograph(40, 30)).await;
        bob.say(thread, &format!("![a switch]({picture})")).await;
        let locked = bob.start("lounge", "A switch that is locked", "Click.").await;
        tom.post(&locked.deed("lock"), &[("reason", "Settled.")]).await.expect(303);
        world.run_jobs().await;
    }

    async fn mails(&mut self) {
        let mut letters: Vec<String> =
            self.world.mails().into_iter().filter_map(|mail| mail.unsubscribe).collect();
        letters.truncate(2);
        self.unsubscribe =
            letters.iter().map(|link| link.replace(crate::harness::PUBLIC, "")).collect();
        for number in 1..=2 {
            let handle = format!("rita{number}");
            self.world.account(&handle).await;
            let guest = self.world.guest();
            guest.post("/reset-password", &[("login", &handle)]).await.expect(200);
            let handle = format!("carol{number}");
            let email = format!("{handle}@example.com");
            let fields = [
                ("handle", &handle[..]),
                ("name", "Carol"),
                ("email", &email),
                ("password", PASSWORD),
                ("drawn", "0"),
            ];
            guest.post("/sign-up", &fields).await.expect(303);
            self.world.run_jobs().await;
            self.reset.push(self.world.link_to(&format!("rita{number}@example.com")));
            self.confirm.push(self.world.link_to(&email));
        }
    }

    async fn crowd(&self, times: u32) {
        let sql = include_str!("crowd.sql").replace(":times", &times.to_string());
        let mut db = self.world.as_owner().await;
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut db).await.expect("the crowd comes");
        sqlx::raw_sql("vacuum analyze").execute(&mut db).await.expect("it is settled");
        db.close().await.expect("the connection ends");
    }

    /// What the doctor finds wrong.
    pub(super) async fn findings(&self) -> Vec<doctor::Finding> {
        let mut db = self.world.as_owner().await;
        let findings = doctor::examine(&mut db, self.world.app.now()).await;
        findings
            .expect("the doctor comes")
            .into_iter()
            .filter(|finding| finding.wrong > 0)
            .collect()
    }

    /// How many rows each table holds.
    pub(super) async fn sizes(&self) -> BTreeMap<String, f64> {
        let sql = "select relname::text, reltuples::float8 from pg_class
            where relkind = 'r' and relnamespace = 'public'::regnamespace";
        let rows = sqlx::raw_sql(sql).fetch_all(&mut self.world.as_owner().await).await;
        rows.expect("the database answers").iter().map(|row| (row.get(0), row.get(1))).collect()
    }

    /// Ends it with what the crowd had still to do.
    pub(super) async fn end(self) {
        let sql = "delete from jobs; delete from outbox_pending";
        sqlx::raw_sql(sql).execute(&mut self.world.as_owner().await).await.expect("all is done");
    }
}

async fn stylesheet(world: &World) -> String {
    let home = world.guest().get("/").await.text;
    let start = home.find("/assets/").expect("a page has a stylesheet");
    home[start..].split('"').next().unwrap_or_default().to_owned()
}
