//! What formulas are, what is wrong with texts that are none, and that no text brings the language down.

use super::*;
use crate::words::Language;
use proptest::prelude::*;
use std::{collections::HashMap, time::Instant};

/// Judges a formula for a member of whom these metrics are known, in whole.
fn holds(text: &str, known: &[(&str, i64)], roles: &[&str], lean: Lean) -> bool {
    let formula = Formula::parse(text).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
    let reads = formula.reads();
    let value = |read: &Read| {
        let known = known.iter().find(|(name, _)| *name == read.metric.name());
        known.map_or(0, |(_, value)| value * 1_000)
    };
    let values: Vec<i64> = reads.iter().map(value).collect();
    let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
    formula.holds(&Facts { reads: &reads, values: &values, roles: &roles, done: &[] }, lean)
}

#[test]
fn formulas_come_to_what_they_say() {
    let known = [("points", 100), ("solutions", 3), ("replies", 7)];
    for (text, truth) in [
        ("true", true),
        ("false or true", true),
        ("points >= 100", true),
        ("points > 100", false),
        ("100 <= points", true),
        ("points < 100.5", true),
        ("points = 100 and solutions != 3", false),
        ("points >= 500 or solutions >= 3", true),
        ("not points >= 500 and solutions >= 3", true),
        ("not (points >= 100 and solutions >= 3)", false),
        ("1 + 2 * 3 = 7", true),
        ("(1 + 2) * 3 = 9", true),
        ("10 - 3 - 2 = 5", true),
        ("replies / solutions > 2.3 and replies / solutions < 2.4", true),
        ("points / threads = 0", true),
        ("-points = 0 - 100", true),
        ("solutions * 10 + replies >= 37", true),
        ("role(\"staff\")", false),
        ("not role(\"staff\")", true),
        ("role(\"moderator\") or points >= 1", true),
        ("POINTS ≥ 100 AND Solutions(90d, \"help\") >= 3", true),
    ] {
        assert_eq!(holds(text, &known, &[], Lean::Strict), truth, "{text}");
    }
    assert!(holds("role(\"staff\")", &[], &["staff"], Lean::Strict));
    assert!(holds("role('staff')", &[], &["admin"], Lean::Strict), "administrators are staff");
    assert!(!holds("role(\"moderator\")", &[], &["admin"], Lean::Strict));
}

#[test]
fn whoever_holds_a_rank_keeps_it_with_nine_tenths_of_every_lower_bound() {
    for (text, points, strict, kind) in [
        ("points >= 100", 100, true, true),
        ("points >= 100", 99, false, true),
        ("points >= 100", 90, false, true),
        ("points >= 100", 89, false, false),
        ("100 <= points", 90, false, true),
        ("points > 100", 91, false, true),
        ("points > 100", 90, false, false),
        ("not points < 100", 90, false, true),
        ("not (points < 100 or points < 50)", 90, false, true),
        ("points >= 50 + 50", 90, false, true),
        // However it is written.
        ("50 + 50 <= points", 90, false, true),
        ("replies * 10 <= points", 90, false, true),
        ("replies * 10 <= points", 89, false, false),
        ("replies * 10 < points + 1", 98, false, true),
        ("not points < replies * 10", 90, false, true),
        ("not (replies * 10 > points)", 90, false, true),
        // Other bounds are none to relax.
        ("points <= 100", 101, false, false),
        ("points = 100", 90, false, false),
        ("points >= 0 - 100", -100, true, true),
        ("points >= 0 - 100", -101, false, false),
    ] {
        let known = [("points", points), ("replies", 10)];
        assert_eq!(holds(text, &known, &[], Lean::Strict), strict, "{text} {points}");
        assert_eq!(holds(text, &known, &[], Lean::Kind), kind, "{text} {points}");
    }
}

#[test]
fn what_is_wrong_is_pointed_at_and_said() {
    let say = |message: &Message| Language::default().say(message);
    for (text, at, words) in [
        ("", 0, "Write what this rank takes"),
        ("points", 0, "This is a number"),
        ("points >=", 9, "missing at the end"),
        ("solutons >= 5", 0, "Did you mean “solutions”?"),
        ("points >= 5 and days_activ >= 2", 16, "Did you mean “days_active”?"),
        ("pints >= 5", 0, "Did you mean “points”?"),
        ("points >= 5 points", 12, "“points” cannot stand here"),
        ("1 < points < 5", 11, "joined by “and”"),
        ("(points >= 5", 12, "missing at the end"),
        ("points >= true", 10, "This is a condition"),
        ("5 and points > 3", 0, "This is a number"),
        ("points(0d) > 3", 7, "1 to 366 days"),
        ("points(900d) > 3", 7, "1 to 366 days"),
        ("points(90) > 3", 7, "“90” cannot stand here"),
        ("distinct_helped(\"help\") > 3", 16, "cannot be asked of one board"),
        ("role(\"king\")", 5, "The roles are"),
        ("points > 5x", 9, "no number"),
        ("points > 0.1234", 9, "no number"),
        ("points > 99999999999999999999", 9, "no number"),
        ("points(\"help) > 3", 7, "not closed"),
        ("points > 5; drop table ranks", 10, "“;” has no meaning"),
        ("not not", 7, "missing at the end"),
    ] {
        let wrong = Formula::parse(text).expect_err(text);
        assert_eq!(wrong.at, at, "{text}: {wrong:?}");
        let said = say(&wrong.message);
        assert!(said.contains(words), "{text}: {said}");
    }
}

#[test]
fn length_and_depth_are_bounded() {
    let deep = |levels: usize| format!("{}points > 1{}", "(".repeat(levels), ")".repeat(levels));
    assert!(Formula::parse(&deep(DEEPEST)).is_ok());
    assert_eq!(Formula::parse(&deep(DEEPEST + 1)).unwrap_err().at, DEEPEST + 1);
    assert!(Formula::parse(&format!("{}true", "not ".repeat(DEEPEST))).is_ok());
    assert!(Formula::parse(&format!("{}true", "not ".repeat(DEEPEST + 1))).is_err());

    let long = format!("points > 1{}", " ".repeat(LONGEST - 10));
    assert!(Formula::parse(&long).is_ok());
    assert_eq!(Formula::parse(&format!("{long} ")).unwrap_err().at, LONGEST);
}

#[test]
fn formulas_are_told_in_plain_words() {
    let boards = HashMap::from([("help".to_owned(), "Help".to_owned())]);
    let tongue = Tongue { language: Language::default(), boards };
    let told = |text: &str| {
        let conditions = Formula::parse(text).unwrap().told(&tongue, None);
        conditions.into_iter().map(|condition| condition.words).collect::<Vec<_>>()
    };

    assert_eq!(
        told("points >= 500 and solutions(90d) >= 5 and days_active(100d, \"help\") >= 1"),
        [
            "At least 500 points",
            "At least 5 solutions accepted by others in the last 90 days",
            "At least 1 day active on Help in the last 100 days",
        ]
    );
    assert_eq!(told("true"), ["Open to everybody"]);
    assert_eq!(
        told("not role('staff') and (points > 2.5 or replies(\"secret\") >= 1)"),
        [
            "Not being one of the staff",
            "More than 2.5 points or at least 1 reply on a board that is not open to you",
        ]
    );
    assert_eq!(
        told("solutions * 2 + kudos_given >= replies"),
        ["(solutions accepted by others × 2) + kudos given is at least replies"]
    );
}

#[test]
fn where_one_stands_and_what_is_missing_is_told_for_each_condition() {
    let tongue = Tongue { language: Language::default(), boards: HashMap::new() };
    let formula = Formula::parse("points >= 500 and solutions(90d) >= 5 and replies < 9").unwrap();
    let reads = formula.reads();
    let facts = Facts { reads: &reads, values: &[320_500, 5_000, 3_000], roles: &[], done: &[] };

    let told: Vec<_> =
        formula.told(&tongue, Some(&facts)).into_iter().filter_map(|one| one.standing).collect();

    assert_eq!(told[0].progress, Some((320, 500)));
    assert_eq!((told[0].met, told[0].missing.as_str()), (false, "180 points to go"));
    assert_eq!(told[1].progress, Some((5, 5)));
    assert!(told[1].met && told[1].missing.is_empty());
    assert!(told[2].met && told[2].progress.is_none());
}

/// Words of the language and others, in any order.
fn soup() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => prop::sample::select(vec![
            "points", "solutions", "role", "true", "false", "and", "or", "not", "(", ")", "+", "-",
            "*", "/", ">=", "<", "=", "!=", ",", "5", "0.5", "90d", "\"help\"", "\"staff\"",
            "999999999999", "366d",
        ])
        .prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(word, 0..200).prop_map(|words| words.join(" "))
}

/// Sound formulas of any shape.
fn sound() -> impl Strategy<Value = String> {
    let term = prop_oneof![
        (0..2_000_i64).prop_map(|number| number.to_string()),
        prop::sample::select(Metric::ALL.to_vec()).prop_map(|metric| metric.name().to_owned()),
        prop::sample::select(Metric::ALL.to_vec())
            .prop_map(|metric| format!("{}(90d)", metric.name())),
    ];
    let term = term.prop_recursive(3, 12, 2, |inner| {
        (inner.clone(), prop::sample::select(vec!["+", "-", "*", "/"]), inner)
            .prop_map(|(left, sign, right)| format!("({left} {sign} {right})"))
    });
    let tests = prop::sample::select(vec![">=", ">", "<=", "<", "=", "!="]);
    let claim = (term.clone(), tests, term)
        .prop_map(|(left, test, right)| format!("{left} {test} {right}"));
    claim.prop_recursive(3, 12, 2, |inner| {
        (inner.clone(), prop::sample::select(vec!["and", "or", "and not"]), inner)
            .prop_map(|(left, word, right)| format!("({left}) {word} ({right})"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_text_brings_the_language_down(text in prop_oneof![soup(), "\\PC{0,1200}"]) {
        let began = Instant::now();
        match Formula::parse(&text) {
            Ok(formula) => {
                let reads = formula.reads();
                let most = vec![i64::MAX; reads.len()];
                let facts = Facts { reads: &reads, values: &most, roles: &[], done: &[] };
                formula.holds(&facts, Lean::Kind);
                let tongue = Tongue { language: Language::default(), boards: HashMap::new() };
                prop_assert!(!formula.told(&tongue, Some(&facts)).is_empty());
            }
            Err(wrong) => prop_assert!(wrong.at <= text.chars().count()),
        }
        prop_assert!(began.elapsed().as_secs() < 2);
    }

    #[test]
    fn what_is_reached_is_kept(text in sound(), values in prop::collection::vec(-5_000..900_000_i64, 40)) {
        prop_assume!(text.chars().count() <= LONGEST);
        let formula = Formula::parse(&text).unwrap();
        let reads = formula.reads();
        let facts = Facts { reads: &reads, values: &values, roles: &[], done: &[] };
        // A relaxed formula never asks for more.
        if formula.holds(&facts, Lean::Strict) {
            prop_assert!(formula.holds(&facts, Lean::Kind), "{text}");
        }
    }
}
