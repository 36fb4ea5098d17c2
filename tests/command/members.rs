use crate::{
    browser::Browser,
    program::{Place, errors},
};
use std::{io::Write, os::unix::fs::PermissionsExt, process::Stdio};

#[test]
fn a_member_made_on_the_command_line_can_sign_in() {
    let place = Place::empty();
    let server = place.start("serve");

    let said = place.says(&[
        "member",
        "create",
        "ada",
        "--name",
        "Ada Lind",
        "--email",
        "ada@example.com",
        "--role",
        "admin",
    ]);
    let password = said.lines().find_map(|line| line.strip_prefix("Password: ")).unwrap();
    let mut ada = Browser::new(server.address);
    assert_eq!(ada.sign_in("ada@example.com", password).status, 303);
    assert_eq!(place.ask("select role from member_roles"), "admin");

    let mut reset = place
        .candor(&["member", "reset-password", "ada", "--password-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    reset.stdin.take().unwrap().write_all(b"a longer password\n").unwrap();
    assert!(reset.wait().unwrap().success());

    assert_eq!(place.says(&["member", "take-factors", "ada"]), "ada had no second factor.\n");
    let key = std::fs::metadata(place.data.join("secret.key")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600, "the server made itself a key");

    assert_eq!(ada.get("/settings").status, 303, "signed out by the new password");
    assert_eq!(Browser::new(server.address).sign_in("ada", password).status, 422);
    assert_eq!(Browser::new(server.address).sign_in("ada", "a+longer+password").status, 303);
    server.stop();
}

#[test]
fn what_cannot_be_a_member_is_refused_in_words() {
    let place = Place::empty();
    place.says(&["member", "create", "ada", "--email", "ada@example.com"]);

    for (arguments, words) in [
        (&["member", "create", "ADA"][..], "somebody is called ADA already"),
        (&["member", "create", "a"], "it is too short"),
        (&["member", "create", "bob", "--email", "ADA@example.com"], "belongs to another member"),
        (&["member", "create", "bob", "--email", "nowhere"], "no mail address"),
        (&["member", "reset-password", "nobody"], "nobody is called nobody"),
        (&["member", "take-factors", "nobody"], "nobody is called nobody"),
        (&["member", "promote", "nobody", "staff"], "nobody is called nobody"),
        (&["member", "promote", "ada", "king"], "one of moderator, staff, admin"),
    ] {
        let output = place.run(arguments);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(errors(&output).contains(words), "{arguments:?}: {}", errors(&output));
    }
}

#[test]
fn a_password_that_others_try_first_is_refused() {
    let place = Place::empty();
    place.says(&["member", "create", "ada"]);

    for arguments in [
        &["member", "create", "bob", "--password-stdin"][..],
        &["member", "reset-password", "ada", "--password-stdin"],
    ] {
        let mut program = place
            .candor(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        program.stdin.take().unwrap().write_all(b"password123\n").unwrap();
        let output = program.wait_with_output().unwrap();
        assert!(!output.status.success());
        assert!(errors(&output).contains("words"), "{}", errors(&output));
    }
    // Nobody was made.
    place.says(&["member", "create", "bob"]);
}
