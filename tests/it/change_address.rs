//! Another address for a member.

use crate::harness::{Answer, Client, PASSWORD, World};
use sqlx::Connection;
use time::Duration;

const OLD: &str = "ada@example.com";
const NEW: &str = "ada@elsewhere.example";

/// A browser in which this member has signed in.
async fn signed_in(world: &World, handle: &str) -> Client {
    let client = world.guest();
    client.post("/sign-in", &[("login", handle), ("password", PASSWORD)]).await.expect(303);
    client
}

async fn ask(client: &Client, email: &str, password: &str) -> Answer {
    let form = client.get("/settings/security").await.expect(200).form("/settings/email");
    form.set("email", email).set("password", password).send().await
}

/// The address, as its owner reads it.
async fn address(client: &Client) -> String {
    client.get("/settings/security").await.expect(200).texts(".address b").concat()
}

#[tokio::test]
async fn an_address_changes_when_the_link_sent_to_it_is_used() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = signed_in(&world, "ada").await;

    ask(&ada, NEW, PASSWORD).await.expect(303);
    world.run_jobs().await;
    assert_eq!(address(&ada).await, OLD);
    let link = world.link_to(NEW);
    let page = world.guest().get(&link).await.expect(200);
    assert!(page.words().contains(NEW));
    assert_eq!(address(&ada).await, OLD, "mail programs open links to look at them");
    page.form(&link).send().await.expect(303);

    assert_eq!(address(&ada).await, NEW);
    signed_in(&world, NEW).await;
    world.guest().post("/sign-in", &[("login", OLD), ("password", PASSWORD)]).await.expect(422);
    world.guest().post(&link, &[]).await.expect(422);
    world.run_jobs().await;
}

#[tokio::test]
async fn the_old_address_is_warned_and_told() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = signed_in(&world, "ada").await;

    ask(&ada, NEW, PASSWORD).await.expect(303);
    world.run_jobs().await;
    let warning = world.mail_to(OLD);
    assert_eq!(world.link_to(OLD), "/reset-password");
    world.guest().post(&world.link_to(NEW), &[]).await.expect(303);
    world.run_jobs().await;

    let told = world.mail_to(OLD);
    assert_ne!(warning.subject, told.subject);
    for mail in [warning, told] {
        assert!(mail.text.contains("@ada") && !mail.text.contains(NEW), "{}", mail.text);
    }
}

#[tokio::test]
async fn a_new_password_calls_the_change_off() {
    let world = World::new().await;
    world.account("ada").await;
    let thief = signed_in(&world, "ada").await;
    ask(&thief, "thief@elsewhere.example", PASSWORD).await.expect(303);
    world.run_jobs().await;
    let link = world.link_to("thief@elsewhere.example");
    ask(&thief, "thief@third.example", PASSWORD).await.expect(303);

    // Ada does what the warning says, before the second link has been mailed.
    candor::members::set_password(&world.app, "ada", "another battery staple".to_owned().into())
        .await
        .unwrap();
    world.run_jobs().await;

    world.guest().post(&link, &[]).await.expect(422);
    assert!(world.mails().iter().all(|mail| mail.to != "thief@third.example"));
}

#[tokio::test]
async fn a_password_that_is_being_replaced_wishes_no_address_afterwards() {
    let world = World::new().await;
    world.account("ada").await;
    let stolen = signed_in(&world, "ada").await;
    let mut other = world.as_owner().await;
    let mut changing = other.begin().await.unwrap();
    let change = "update members set password_hash = 'another', email_wanted = null";
    sqlx::raw_sql(change).execute(&mut *changing).await.unwrap();

    let fields = [("email", NEW), ("password", PASSWORD)];
    let (answer, ()) = tokio::join!(stolen.post("/settings/email", &fields), async {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        changing.commit().await.unwrap();
    });

    answer.expect(422);
    let wishes = "select count(*) from members where email_wanted is not null";
    assert_eq!(world.count(wishes).await, 0);
}

#[tokio::test]
async fn a_known_address_looks_like_an_unknown_one_and_is_not_taken() {
    let world = World::new().await;
    world.account("ada").await;
    world.account("eve").await;
    let (ada, eve) = (signed_in(&world, "ada").await, signed_in(&world, "eve").await);

    let known = ask(&eve, OLD, PASSWORD).await.expect(303);
    let unknown = ask(&ada, "free@elsewhere.example", PASSWORD).await.expect(303);

    assert_eq!(known.location(), unknown.location());
    let seen = async |client: &Client, own: [&str; 3]| {
        let words = client.get("/settings/security").await.words().to_lowercase();
        own.iter().fold(words, |words, own| words.replace(own, ""))
    };
    assert_eq!(
        seen(&eve, ["eve@example.com", OLD, "eve"]).await,
        seen(&ada, [OLD, "free@elsewhere.example", "ada"]).await,
    );
    world.run_jobs().await;
    // Only whoever reads the mail learns it, and gets no link that would take the address over.
    let mails = world.mails();
    let told = mails.iter().find(|mail| mail.to == OLD && mail.text.contains("@eve")).unwrap();
    assert!(!told.text.contains("/confirm/"), "{}", told.text);
}

#[tokio::test]
async fn of_two_who_want_one_address_the_first_to_prove_it_has_it() {
    let world = World::new().await;
    world.account("ada").await;
    world.account("eve").await;
    let mut links = Vec::new();
    for handle in ["ada", "eve"] {
        ask(&signed_in(&world, handle).await, NEW, PASSWORD).await.expect(303);
        world.run_jobs().await;
        links.push(world.link_to(NEW));
    }

    world.guest().post(&links[1], &[]).await.expect(303);
    world.guest().post(&links[0], &[]).await.expect(422);

    world.run_jobs().await;
    assert_eq!(address(&signed_in(&world, "eve").await).await, NEW);
    assert_eq!(address(&signed_in(&world, "ada").await).await, OLD);
}

#[tokio::test]
async fn the_password_is_asked_for_and_the_address_typed_is_kept() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = signed_in(&world, "ada").await;

    for (email, password, field) in
        [(NEW, "not it at all", "password"), (NEW, "", "password"), ("ada", PASSWORD, "email")]
    {
        let answer = ask(&ada, email, password).await.expect(422);
        assert!(answer.problem(field).is_some(), "{email} {password}");
        let form = answer.form("/settings/email");
        assert_eq!((form.value("email"), form.value("password")), (email, ""));
    }

    world.run_jobs().await;
    assert!(world.mails().is_empty());
}

#[tokio::test]
async fn a_link_is_too_old_after_a_day_and_the_last_wish_counts() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = signed_in(&world, "ada").await;
    ask(&ada, NEW, PASSWORD).await.expect(303);
    world.run_jobs().await;
    let first = world.link_to(NEW);
    ask(&ada, "ada@third.example", PASSWORD).await.expect(303);
    world.run_jobs().await;

    world.guest().post(&first, &[]).await.expect(422);
    world.advance(Duration::hours(25));
    world.guest().post(&world.link_to("ada@third.example"), &[]).await.expect(422);

    assert_eq!(address(&ada).await, OLD);
}
