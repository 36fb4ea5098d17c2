use crate::program::{Place, errors, text};
use std::net::TcpListener;

#[test]
fn a_misspelled_variable_is_refused_with_the_nearest_name() {
    let place = Place::empty();

    let output = place.candor(&["serve"]).env("CANDOR_LISEN", "127.0.0.1:1").output().unwrap();

    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("did you mean CANDOR_LISTEN?"), "{}", errors(&output));
}

#[test]
fn a_bad_value_names_the_variable_it_came_from() {
    let place = Place::empty();

    let output = place.candor(&["serve"]).env("CANDOR_LISTEN", "everywhere").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("the environment variable CANDOR_LISTEN"));

    let typed = place.run(&["serve", "--listen", "everywhere"]);
    assert_eq!(typed.status.code(), Some(2));
    assert!(!errors(&typed).contains("environment variable"), "{}", errors(&typed));
}

#[test]
fn a_taken_address_is_said_with_the_way_out() {
    let place = Place::empty();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();

    let output = place.candor(&["serve"]).env("CANDOR_LISTEN", &address).output().unwrap();

    assert_eq!(output.status.code(), Some(1));
    let said = errors(&output);
    assert!(said.contains(&address) && said.contains("set CANDOR_LISTEN"), "{said}");
}

#[test]
fn a_key_that_is_none_stops_the_start() {
    let place = Place::empty();

    let output = place.candor(&["serve"]).env("CANDOR_SECRET_KEY", "c2hvcnQ=").output().unwrap();

    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("CANDOR_SECRET_KEY is 32 bytes"), "{}", errors(&output));
    assert!(!place.data.join("secret.key").exists());
}

#[test]
fn a_check_of_migrations_says_what_is_pending_and_changes_nothing() {
    let place = Place::empty();

    let before = place.run(&["migrate", "--check"]);
    assert_eq!(before.status.code(), Some(1));
    assert!(text(&before.stdout).contains("open the community"), "{}", text(&before.stdout));
    assert_eq!(place.run(&["migrate", "--check"]).stdout, before.stdout);

    assert!(place.says(&["migrate"]).contains("open the community"));
    assert_eq!(place.says(&["migrate", "--check"]).trim(), "The schema is up to date.");
}

#[test]
fn routes_are_printed_without_a_database() {
    let place = Place::empty();

    let said = place.says(&["routes"]);

    assert!(said.lines().any(|line| line.starts_with("POST") && line.contains("/sign-in")));
    assert!(!place.data.join("pg").exists());
}
