use crate::{
    browser::Browser,
    program::{Place, signal, within},
};
use std::fs;

/// The lines of the server's log that hold a code.
fn codes(place: &Place) -> Vec<String> {
    let log = fs::read_to_string(place.data.join("serve.log")).unwrap();
    let lines = log.lines().filter_map(|line| Some(line.split_once("enter the code ")?.1));
    lines.map(|code| code.split_whitespace().next().unwrap().to_owned()).collect()
}

#[test]
fn an_empty_installation_prints_one_code_and_the_command_line_ends_set_up() {
    let place = Place::empty();
    let server = place.start("serve");
    let browser = Browser::new(server.address);

    let patience = std::time::Duration::from_secs(30);
    let first = within(patience, || codes(&place).first().cloned());
    assert_eq!(codes(&place), std::slice::from_ref(&first));
    assert_eq!(browser.get("/").header("location: "), Some("/set-up"));
    assert_eq!(browser.get("/readyz").status, 200);
    let entered = browser.post("/set-up/code", &format!("code={first}")).unwrap();
    assert_eq!(entered.status, 303, "{}", entered.text);
    server.stop();

    // Whatever is logged, the code is.
    let log = fs::File::create(place.data.join("serve.log")).unwrap();
    let mut quiet = place.candor(&["serve"]).env("CANDOR_LOG", "off").stderr(log).spawn().unwrap();
    let second = within(patience, || codes(&place).first().cloned());
    assert_ne!(second, first, "a start makes another");
    signal(quiet.id(), "TERM");
    assert!(quiet.wait().unwrap().success());

    place.says(&["member", "create", "ada", "--role", "admin"]);
    let server = place.start("serve");
    assert_eq!(codes(&place), Vec::<String>::new());
    let browser = Browser::new(server.address);
    assert_eq!(browser.get("/").status, 200);
    assert_eq!(browser.get("/set-up").status, 404);
    server.stop();
}
