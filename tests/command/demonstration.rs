use crate::{
    browser::Browser,
    program::{Place, errors, signal, within},
};
use std::{path::Path, time::Duration};

#[test]
fn the_demonstration_is_there_and_its_members_can_sign_in() {
    let place = Place::demonstration();
    let server = place.start("demo");

    let mut maya = Browser::new(server.address);
    let answer = maya.sign_in("maya", "larkfield-demo");

    assert_eq!(answer.status, 303, "{}", answer.text);
    assert!(maya.get("/settings").text.contains("Maya Okafor"));
    assert!(maya.get("/").text.contains("Top helpers"));
    assert_eq!(place.ask("select count(*) from threads"), "65");
    let said = server.stop();
    for words in ["maya", "tomas", "ines", "ruth", "larkfield-demo"] {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn a_second_start_finds_what_the_first_one_made() {
    let place = Place::demonstration();

    let server = place.start("demo");
    let posts = place.ask("select count(*) from posts");
    let members = place.ask("select count(*) from members");

    assert_eq!((posts.as_str(), members.as_str()), ("320", "35"));
    assert_eq!(place.ask("select count(*) from outbox_pending"), "0");
    server.stop();
}

#[test]
fn filling_that_was_cut_off_goes_on_where_it_stopped() {
    let place = Place::empty();
    let mut filling = place.candor(&["demo"]).stderr(std::process::Stdio::null()).spawn().unwrap();
    within(Duration::from_secs(60), || {
        let posts = place.try_ask("select count(*) from posts").ok()?;
        posts.parse::<i64>().ok().filter(|posts| *posts > 20)
    });
    filling.kill().unwrap();
    filling.wait().unwrap();

    let server = place.start("demo");

    assert_eq!(place.ask("select count(*) from posts"), "320");
    assert_eq!(place.ask("select count(*) from threads"), "65");
    assert_eq!(place.ask("select count(*) from members"), "35");
    assert!(place.says(&["doctor"]).contains("ranks of members"));
    server.stop();
}

#[test]
fn a_community_of_somebody_elses_is_left_alone() {
    let place = Place::empty();
    place.says(&["member", "create", "ada", "--email", "ada@example.com"]);

    let output = place.run(&["demo"]);

    assert!(!output.status.success());
    assert!(errors(&output).contains("is not the demonstration"), "{}", errors(&output));
}

#[test]
fn asked_to_stop_it_stops_its_database_as_well() {
    let place = Place::demonstration();
    let server = place.start("serve");
    let postmaster = server.postmaster();
    assert!(Path::new(&format!("/proc/{postmaster}/cwd")).exists());

    server.stop();

    assert!(std::fs::read_link(format!("/proc/{postmaster}/cwd")).is_err());
    let log = std::fs::read_to_string(place.data.join("pg/postgres.log")).unwrap();
    assert!(log.contains("database system is shut down"), "{log}");
}

#[test]
fn a_stop_while_it_starts_is_no_failure() {
    let place = Place::empty();
    let mut process = place.candor(&["serve"]).spawn().unwrap();
    within(Duration::from_secs(10), || place.data.join("pg/lock").exists().then_some(()));

    signal(process.id(), "TERM");

    let status = within(Duration::from_secs(20), || process.try_wait().unwrap());
    assert!(status.success(), "{status}");
}
