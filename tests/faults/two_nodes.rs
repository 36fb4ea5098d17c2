//! Two servers on one database behave as one.

use crate::{
    browser::{Answer, Browser},
    node::Node,
    post_office::PostOffice,
    stage::Stage,
    writers::Field,
};
use std::{collections::BTreeSet, io, time::Duration};
use tokio::{io::AsyncReadExt, time::timeout};

async fn two(stage: &Stage, arguments: &[&str]) -> (Node, Node) {
    let start = async |name| {
        let mut recipe = stage.recipe(name);
        recipe.arguments = arguments.iter().map(ToString::to_string).collect();
        recipe.start().await
    };
    tokio::join!(start("a"), start("b"))
}

/// Who presses, where, and with which fields.
type Press<'a> = (&'a Browser, &'a str, &'a [(&'a str, &'a str)]);

/// Presses the same button on both servers, both of which are at it when `held` is let go.
async fn at_once(
    stage: &Stage,
    held: &str,
    nodes: (&Node, &Node),
    presses: [Press<'_>; 2],
) -> [Answer; 2] {
    let hold = stage.holding(held).await;
    let [(ada, path, fields), (bob, other_path, other_fields)] = presses;
    let first = ada.post(nodes.0.address, path, fields);
    let second = bob.post(nodes.1.address, other_path, other_fields);
    let release = async {
        stage.until_waiting(2).await;
        drop(hold);
    };
    let (first, second, ()) = tokio::join!(first, second, release);
    [first, second].map(|answer: io::Result<Answer>| answer.unwrap().expect(303))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_deed_on_both_servers_is_done_once() {
    let stage = Stage::with_threads(1).await;
    // Telling of it would wait for the same rows.
    let (a, b) = two(&stage, &["--no-worker"]).await;
    let (nodes, thread) = ((&a, &b), stage.threads[0]);
    let (ada, bob) = (stage.member("ada").await, stage.member("bob").await);
    let field = Field::new(vec![a.address], &stage.threads, Duration::ZERO);
    let row = "select from threads for no key update";

    // The same form.
    let form = ada.form(a.address, thread).await.unwrap();
    let fields = [("form_key", form.key.as_str()), ("body", "Written once"), ("deed", "post")];
    field.ledger.intend("Written once");
    let reply = (&ada, form.action.as_str(), &fields[..]);
    let [first, second] = at_once(&stage, row, nodes, [reply, reply]).await;
    assert_eq!(first.location, second.location);
    field.ledger.acknowledge("Written once", first.location.as_deref().unwrap());
    let earned = "select total from metric_totals join members on members.id = member_id
        where handle = 'ada' and metric = 'points'";
    assert_eq!(stage.number(earned).await, 2);

    // Kudos by one member. Both look whether there are any, and then both wait to put theirs down.
    let post = stage.number("select id from posts where position = 2").await;
    let kudos: (_, &str, &[_]) = (&bob, &format!("/p/{post}/kudos"), &[]);
    at_once(&stage, "select from posts for update", nodes, [kudos, kudos]).await;
    assert_eq!(stage.number("select count(*) from kudos").await, 1);
    assert_eq!(stage.number("select kudos::bigint from posts where position = 2").await, 1);
    assert_eq!(stage.number(earned).await, 6);

    // The solution.
    let accept: (_, &str, &[_]) = (&stage.asker, &format!("/p/{post}/solution"), &[]);
    at_once(&stage, row, nodes, [accept, accept]).await;
    assert_eq!(stage.number("select count(*) from acceptances").await, 1);
    assert_eq!(stage.number(earned).await, 21);

    stage.tell_everybody().await;
    stage.prove(&field.ledger).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_on_one_server_is_true_on_the_other() {
    let stage = Stage::with_threads(1).await;
    let (a, b) = two(&stage, &[]).await;
    let thread = stage.threads[0];
    let ada = stage.member("ada").await;
    let field = Field::new(vec![a.address], &stage.threads, Duration::ZERO);

    // Both have begun to listen; what is said before is not repeated.
    let listening = "select count(*) from pg_stat_activity where query ilike 'listen %'";
    stage.until(listening, 2, Duration::from_secs(10)).await;
    let mut open = ada.stream(b.address, &format!("/t/{thread}/live")).await.unwrap();
    let form = ada.form(a.address, thread).await.unwrap();
    field.ledger.intend("Heard over there");
    assert!(field.told("Heard over there", ada.reply(a.address, &form, "Heard over there").await));
    let mut heard = Vec::new();
    let listen = async {
        while !String::from_utf8_lossy(&heard).contains("data: changed") {
            assert_ne!(open.read_buf(&mut heard).await.unwrap(), 0, "the stream has ended");
        }
    };
    timeout(Duration::from_secs(10), listen).await.expect("the other server says so");

    ada.get(b.address, "/settings").await.unwrap().expect(200);
    ada.post(a.address, "/sign-out", &[]).await.unwrap().expect(303);
    let shut = ada.get(b.address, "/settings").await.unwrap().expect(303);
    assert!(shut.location.unwrap().starts_with("/sign-in"));

    stage.settle().await;
    stage.prove(&field.ledger).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_on_both_servers_send_every_mail_once() {
    let stage = Stage::with_threads(2).await;
    let office = PostOffice::open().await;
    let recipe =
        |name| stage.recipe(name).variable("CANDOR_SMTP_URL", format!("smtp://{}", office.address));
    let (a, b) = (recipe("a").start().await, recipe("b").start().await);
    for handle in ["reader", "listener"] {
        let reader = stage.reader(handle).await;
        for thread in &stage.threads {
            let path = format!("/t/{thread}/follow");
            reader.post(a.address, &path, &[]).await.unwrap().expect(303);
        }
    }
    let field = Field::new(vec![a.address, b.address], &stage.threads, Duration::from_secs(3));

    let mut writers = Vec::new();
    for seed in 0..3 {
        let browser = stage.member(&format!("member{seed}")).await;
        writers.push(tokio::spawn(field.clone().patient(browser, seed, false)));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    stage.settle().await;

    let mails = office.mails();
    let different: BTreeSet<_> = mails.iter().collect();
    println!("{}; {} mails, {} different", field.ledger.summary(), mails.len(), different.len());
    assert_eq!(mails.len(), different.len(), "some were sent more than once");
    assert_eq!(mails.len(), field.ledger.acknowledged() * 2, "two readers of every reply");
    for node in [&a, &b] {
        assert!(!node.recipe.words().contains("a job failed"), "{}", node.recipe.words());
    }
    stage.prove(&field.ledger).await;
}
