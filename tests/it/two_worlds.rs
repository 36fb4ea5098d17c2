//! What somebody may not see makes no difference to anything they are sent.
//!
//! Two worlds with the same history, but that in one of them threads were written on boards that guests
//! and plain members do not see. The other burns the same numbers. Everything that guests and members can
//! ask for is then byte for byte the same, without form keys.
//!
//! One thing is left out: what is public about the people who write out of sight, their points among it,
//! counts what they do there; see [`same_but_for_writers`].

mod filters;

use crate::{
    harness::{Begun, Client, World, photograph},
    spider::{Seen, Web, addresses, crawl},
};
use candor::{access::Audience, boards::Style};
use sqlx::{AssertSqlSafe, Row};

struct Stage {
    world: World,
    bob: Client,
    open: Begun,
}

impl Stage {
    /// The history that both worlds have.
    async fn set() -> Self {
        let world = World::new().await;
        world.found("vault", Style::Questions, Audience::Staff).await;
        world.found("lodge", Style::Questions, Audience::Members).await;
        let bob = world.member("bob").await;
        let ada = world.member("ada").await;
        world.ruler().await;
        let open = ada.start_tagged("help", "A lamp flickers", "It does @bob", "lamp, red").await;
        bob.say(&open, "Mine as well.").await;
        world.run_jobs().await;
        Self { world, bob, open }
    }

    /// What only one of them has.
    async fn write_out_of_sight(&self, board: &str, writers: [&Client; 2], tom: &Client) {
        let [one, other] = writers;
        let picture = one.upload("lamp.jpg", &photograph(900, 30)).await;
        let text = format!("A lamp. @bob @ada ![lamp]({picture})");
        let thread = one.start_tagged(board, "A lamp falls", &text, "lamp, fall").await;
        other.say(&thread, "A lamp, @bob.").await;
        let reply = self.world.post_at(&thread, 2).await;
        one.press(&format!("/p/{reply}/kudos")).await.expect(303);
        tom.press(&thread.deed("me-too")).await.expect(303);
        one.press(&format!("/p/{reply}/solution")).await.expect(303);
        one.edit(self.world.post_at(&thread, 1).await, "A lamp, edited.").await;
        tom.edit_because(reply, "A lamp, @bob and @ada, edited.", "Too much lamp.").await;
        tom.post(&thread.deed("pin"), &[("to", "site")]).await.expect(303);
        other.say(&thread, "A lamp too much.").await;
        tom.remove(self.world.post_at(&thread, 3).await, "Too much.").await;
        tom.post(&thread.deed("lock"), &[("reason", "Enough.")]).await.expect(303);
        self.world.run_jobs().await;
    }

    /// The history that goes on in both.
    async fn go_on(&self) {
        let ada = self.world.member("carla").await;
        ada.say(&self.open, "And mine, @bob.").await;
        self.bob.start_tagged("lounge", "A lamp of mine", "It is a lamp.", "lamp").await;
        self.world.run_jobs().await;
        self.world.run_chores().await;
    }

    /// Counts on from where the other world is.
    async fn burn_numbers(&self, other: &World) {
        let sequences = "select sequencename::text, last_value::text from pg_sequences
            where schemaname = 'public' and last_value is not null";
        let rows =
            sqlx::raw_sql(sql(sequences)).fetch_all(&mut other.as_owner().await).await.unwrap();
        let mut db = self.world.as_owner().await;
        for row in rows {
            let (name, last): (String, String) = (row.get(0), row.get(1));
            let set = format!("select setval('{name}', {last})");
            sqlx::raw_sql(sql(&set)).execute(&mut db).await.unwrap();
        }
    }
}

fn sql(text: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(text.to_owned())
}

/// Both worlds as a reader finds them, asked for the same addresses.
async fn compare(with: &Stage, without: &Stage, reader: impl Fn(&Stage) -> Client) {
    let words = ["lamp", "falls", "edited", "fall", "much"];
    let mut asked = addresses(&with.world, &words).await;
    asked.extend(
        [
            "/ask/similar?title=A+lamp+falls",
            "/search?q=lamp",
            "/search?q=lamp&page=2",
            "/tags/fall",
        ]
        .map(ToOwned::to_owned),
    );
    asked.extend(filters::asked(&with.world).await);
    let one = crawl(&reader(with), &asked).await;
    let other = crawl(&reader(without), &asked).await;
    let differences = differences(&one, &other);
    assert!(differences.is_empty(), "{} differ: {differences:#?}", differences.len());
    let mails = |stage: &Stage| {
        let text = |mail: &candor::mail::Mail| format!("{} {}", mail.to, mail.subject);
        stage
            .world
            .mails()
            .iter()
            .map(text)
            // Who writes or follows out of sight is told of it.
            .filter(|mail| !["sam", "tom"].iter().any(|writer| mail.starts_with(writer)))
            .collect::<Vec<_>>()
    };
    assert_eq!(mails(with), mails(without));
}

fn differences(one: &Web, other: &Web) -> Vec<String> {
    let mut differences = Vec::new();
    for address in
        one.0.keys().chain(other.0.keys().filter(|address| !one.0.contains_key(*address)))
    {
        let (Some(one), Some(other)) = (one.0.get(address), other.0.get(address)) else {
            differences.push(format!("{address} is linked to in one world only"));
            continue;
        };
        let (one, other) =
            (same_but_for_writers(address, one), same_but_for_writers(address, other));
        if one != other {
            let line = one.lines().zip(other.lines()).find(|(one, other)| one != other);
            differences.push(format!("{address}: {line:?}"));
        }
    }
    differences
}

/// Figures and ranks are of the whole community and public, so those of the people who write out of
/// sight count what they write there. Moderators' numbers count all who ever acted.
fn same_but_for_writers(address: &str, seen: &Seen) -> String {
    let writer = ["/m/sam", "/m/kim", "/m/tom"].contains(&address);
    let figures = [
        "\"figures\"",
        "\"profile__helped\"",
        "\"progress\"",
        "\"soft numeric\"",
        "\"rank tone-",
        "<p><b>",
    ];
    let all = format!("{}\n{}", seen.status, seen.text);
    let kept = all.lines().filter(|line| !writer || !figures.iter().any(|it| line.contains(it)));
    kept.collect::<Vec<_>>().join("\n")
}

/// A board that only one of the worlds has, with the hidden group that may see it.
const NEST: &str = "nest";

async fn worlds(board: &str) -> (Stage, Stage) {
    let (with, without) = (Stage::set().await, Stage::set().await);
    for stage in [&with, &without] {
        let (sam, kim) = (stage.world.staff("sam").await, stage.world.admin("kim").await);
        let tom = stage.world.moderator("tom").await;
        if std::ptr::eq(stage, &with) {
            if board == NEST {
                stage.world.found_for_a_group(board, "cabal", &["sam", "tom"], "tom").await;
            }
            stage.write_out_of_sight(board, [&sam, &kim], &tom).await;
        }
    }
    without.burn_numbers(&with.world).await;
    with.go_on().await;
    without.go_on().await;
    (with, without)
}

#[tokio::test]
async fn what_staff_write_among_themselves_makes_no_difference_to_guests() {
    let (with, without) = worlds("vault").await;

    compare(&with, &without, |stage| stage.world.guest()).await;
}

#[tokio::test]
async fn what_staff_write_among_themselves_makes_no_difference_to_members() {
    let (with, without) = worlds("vault").await;

    compare(&with, &without, |stage| stage.bob.clone()).await;
}

#[tokio::test]
async fn what_members_write_among_themselves_makes_no_difference_to_guests() {
    let (with, without) = worlds("lodge").await;

    compare(&with, &without, |stage| stage.world.guest()).await;
}

#[tokio::test]
async fn a_hidden_group_with_its_board_makes_no_difference_to_guests() {
    let (with, without) = worlds(NEST).await;

    compare(&with, &without, |stage| stage.world.guest()).await;
}

#[tokio::test]
async fn a_hidden_group_with_its_board_makes_no_difference_to_members() {
    let (with, without) = worlds(NEST).await;

    compare(&with, &without, |stage| stage.bob.clone()).await;
}
