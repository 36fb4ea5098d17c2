use crate::program::{Place, text};
use serde_json::Value;

#[test]
fn the_benchmark_makes_a_community_and_measures_it() {
    let place = Place::empty();
    let measure = ["bench", "--posts", "2000", "--seconds", "1", "--concurrency", "2"];

    let output = place.run(&measure);

    let said = text(&output.stdout);
    assert!(output.status.success(), "{said}{}", text(&output.stderr));
    for line in ["| thread, guest | 2 |", "| home, member | 2 |", "| reply, member | 2 |"] {
        assert!(said.contains(line), "{said}");
    }
    let json: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    let posts = json["size"]["posts"].as_i64().unwrap();
    assert!((1_500..=2_500).contains(&posts), "{posts} posts");
    let lines = json["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 7, "{said}");
    for line in lines {
        assert!(line["per_second"].as_f64().unwrap() > 0.0, "{line}");
        assert!(line["p50_ms"].as_f64() <= line["p99_ms"].as_f64(), "{line}");
        assert!(line["pgbench_per_second"].as_f64().unwrap() > 0.0, "{line}");
        let queries = line["queries"].as_f64().unwrap();
        assert!(queries >= 1.0, "{line}");
        if line["what"] == "thread" {
            assert!(queries <= 3.0, "a thread page takes three round trips at the most: {line}");
        }
    }

    let storm = &json["storm"];
    let (admitted, shed) = (storm["admitted"].as_f64().unwrap(), storm["shed"].as_f64().unwrap());
    assert!(admitted > 0.0 && shed >= 0.0 && admitted + shed <= 51.0, "{storm}");
    for paces in ["calm", "storm", "sign_in"] {
        let paces = &storm[paces];
        assert!(0.0 < paces["p50_ms"].as_f64().unwrap(), "{storm}");
        assert!(paces["p50_ms"].as_f64() <= paces["p99_ms"].as_f64(), "{storm}");
    }

    let larger = place.run(&["bench", "--posts", "9000", "--seconds", "1"]);
    assert!(!larger.status.success());
    assert!(text(&larger.stderr).contains("remove it"), "{}", text(&larger.stderr));
}

#[test]
fn the_benchmark_of_ranks_accepts_answers_and_looks_at_another_ladder() {
    let place = Place::empty();

    let output = place.run(&["bench", "ranks", "--members", "300", "--accepts", "20"]);

    let said = text(&output.stdout);
    assert!(output.status.success(), "{said}{}", text(&output.stderr));
    assert!(said.contains("| accept to rank |"), "{said}");
    let json: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    assert_eq!(json["members"], 300);
    assert!(json["entries"].as_i64().unwrap() > 600, "{json}");
    assert!(json["moved"].as_i64().unwrap() > 0, "an accept moves somebody: {json}");
    assert!(json["simulator_moves"].as_i64().unwrap() > 0, "{json}");
    assert!(json["leaderboards_seconds"].as_f64().unwrap() > 0.0, "{json}");
    for paces in ["accept", "accept_to_rank", "leaderboard"] {
        let paces = &json[paces];
        assert!(0.0 < paces["p50_ms"].as_f64().unwrap(), "{json}");
        assert!(paces["p50_ms"].as_f64() <= paces["p99_ms"].as_f64(), "{json}");
    }

    let larger = place.run(&["bench", "ranks", "--members", "400"]);
    assert!(!larger.status.success());
    assert!(text(&larger.stderr).contains("remove it"), "{}", text(&larger.stderr));
}
