use crate::program::{Place, text};

#[test]
fn the_doctor_finds_a_wrong_counter_and_puts_it_right() {
    let place = Place::demonstration();
    let server = place.start("serve");
    assert!(!place.says(&["doctor"]).contains("wrong"));

    // The sweep of the night rests: it would put the rank right before the doctor is asked.
    place.ask(
        "set role candor_owner;
         update rank_sweep set after_id = null, day = '9999-12-31';
         update posts set kudos = kudos + 1 where id = 3;
         update metric_totals set total = 0 where metric = 'points' and member_id = 2;
         update board_counts set posts = posts + 7 where board_id = 3;
         update metric_days set total = total + 1 where metric = 'replies';
         delete from metric_boards where metric = 'points';
         update thread_tags set board_id = null;
         insert into metric_pairs values (1, 'kudos_received', 2, '2026-01-01', 1);
         update member_ranks set rank_id = 10 where member_id = 2;
         update threads set staff_replied_at = '2001-01-01' where id = (
            select min(id) from threads where staff_replied_at is null
         )",
    );
    let output = place.run(&["doctor"]);
    let found = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{found}");
    for about in [
        "kudos of posts",
        "totals of what members earned",
        "counts of boards",
        "what members earned day by day",
        "what members earned board by board",
        "from whom members earned",
        "boards of tags",
        "ranks of members",
        "first replies of staff",
    ] {
        let line = found.lines().find(|line| line.starts_with(about)).unwrap();
        assert!(line.contains("wrong"), "{found}");
    }

    let mended = place.says(&["doctor", "--repair"]);

    assert!(mended.contains("put right"), "{mended}");
    assert!(!mended.contains("wrong"), "{mended}");
    assert!(!place.says(&["doctor"]).contains("wrong"));
    server.stop();
}

#[test]
fn the_doctor_sees_rights_over_history() {
    let place = Place::demonstration();
    let server = place.start("serve");

    place.ask("set role candor_owner; grant delete on moderation_ledger to candor_app");
    let output = place.run(&["doctor"]);

    assert!(text(&output.stdout).contains("wrong (1)"), "{}", text(&output.stdout));
    server.stop();
}
