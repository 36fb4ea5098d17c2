use crate::program::{Place, errors};
use std::fs;

/// But for what chores clear away, count anew or award as soon as a server runs.
const ROWS: &str = "select string_agg(format('%s=%s', relname, n), ' ' order by relname) from (
    select relname, (xpath('/row/n/text()', query_to_xml(format('select count(*) n from %I', relname), false, true, '')))[1] n
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
        and relname not in (
            'sessions', 'jobs', 'outbox_pending', 'chores', 'form_keys', 'unsubscribe_tokens', 'leaders', 'leader_steps',
            'badge_awards', 'badge_tallies', 'badge_grants', 'outbox'
        )
    ) counted";

const WORDS: &str = "select md5(string_agg(source || html || kudos, '' order by id)) from posts";

#[test]
fn what_is_backed_up_from_a_running_server_comes_back_the_same() {
    let place = Place::demonstration();
    let file = place.data.join("candor.backup");
    let file = file.to_str().unwrap();
    let server = place.start("serve");
    let (rows, words) = (place.ask(ROWS), place.ask(WORDS));
    // What must not be sent again.
    place.ask(
        "insert into jobs (name, payload, run_at, enqueued_at)
         values ('members.mail_reset', '1', now() + interval '1 day', now())",
    );

    let said = place.says(&["backup", file]);

    assert!(said.contains("Restored beside the database and compared: the same."), "{said}");
    let refused = place.run(&["backup", file]);
    assert!(errors(&refused).contains("--force"), "{}", errors(&refused));
    assert_eq!(place.ask("select count(*) from pg_database where datname like 'candor_try%'"), "0");
    server.stop();

    let other = Place::empty();
    let said = other.says(&["restore", file]);
    assert!(said.contains("1 waiting jobs"), "{said}");
    let server = other.start("serve");
    assert_eq!(other.ask(ROWS), rows);
    assert_eq!(other.ask(WORDS), words);
    assert_eq!(other.ask("select count(*) from jobs"), "0");
    assert!(!other.says(&["doctor"]).contains("wrong"));
    let in_use = other.run(&["restore", file, "--force"]);
    assert!(errors(&in_use).contains("stop it first"), "{}", errors(&in_use));
    server.stop();

    let inhabited = other.run(&["restore", file]);
    assert!(errors(&inhabited).contains("has members"), "{}", errors(&inhabited));
    other.says(&["restore", file, "--force"]);
    assert!(!other.says(&["doctor"]).contains("wrong"), "rights over the ledgers are as they were");
}

#[test]
fn a_damaged_backup_changes_nothing() {
    let place = Place::demonstration();
    let file = place.data.join("candor.backup");
    place.says(&["backup", file.to_str().unwrap()]);
    let whole = fs::read(&file).unwrap();

    for damaged in [&whole[..whole.len() / 2], &flipped(&whole), b"nothing at all"] {
        fs::write(&file, damaged).unwrap();
        let other = Place::empty();
        let output = other.run(&["restore", file.to_str().unwrap()]);
        assert!(!output.status.success());
        assert!(errors(&output).contains("backup"), "{}", errors(&output));
        let left: Vec<_> =
            fs::read_dir(&other.data).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| name == "pg"), "{left:?}");
    }
}

/// One bit in the middle is another.
fn flipped(whole: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    bytes
}
