//! Whether the nets hold: every query that asks who may see what is made to forget it, one at a time, and
//! each time the hidden must come to light somewhere.
//!
//! The queries are those in the cache of checked queries, so a new one is among them. The bug is planted
//! in the test's own database: the visibility filter is replaced by one that tells everything where the
//! query that asks it is the planted one. The server does not know.

use super::{Stage, fill};
use crate::{
    harness::{Client, Notices},
    spider::{addresses, crawl, look},
};
use candor::{access::Audience, boards::Style, groups::Kind};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use tracing_subscriber::{layer::SubscriberExt, util::SubscriberInitExt};

/// The filter as it is, and one in its place that forgets itself and notes who asks it.
const PLANT: &str = r#"
create table planted (query text not null);
do $$
declare
    filter text;
    everything text;
begin
    for filter, everything in values
        (
            'visible_boards',
            'select boards.id, ''start''::board_level from boards'
        ),
        ('visible_groups', 'select groups.id from groups')
    loop
        execute replace(
            pg_get_functiondef((filter || '(bigint)')::regprocedure),
            'FUNCTION public.' || filter,
            'FUNCTION public.true_' || filter
        );
        execute format(
            $plant$
                create or replace function %1$I(viewer bigint) %2$s language plpgsql stable as $body$
                #variable_conflict use_column
                begin
                    raise notice 'asked by: %%', current_query();
                    if exists (select from planted where query = current_query()) then
                        return query %3$s;
                    else
                        return query select * from true_%1$s(viewer);
                    end if;
                end
                $body$
            $plant$,
            filter,
            'returns ' || pg_get_function_result((filter || '(bigint)')::regprocedure),
            everything
        );
    end loop;
end
$$;
"#;

/// Draws the rows of every list, and asks again: what a list picked wrongly it leaves out. So such a list
/// is planted together with it.
const ROWS: &str = "as last_poster_name";

/// Queries that stand behind another that asks as well, and why forgetting them shows nothing.
const SHELTERED: [(&str, &str); 26] = [
    (
        "left(drafts.body, 600)",
        "where one has a draft one once could read; drafts.rs takes it away",
    ),
    ("insert into notifications", "an inbox is filtered again when it is read"),
    ("join lateral visible_boards(members.id)", "a mail is filtered again when it is written"),
    ("reader.email as", "whom to write to was filtered when it was decided"),
    ("left join lateral visible_boards(unsubscribe_tokens.member_id)", "it needs a mailed link"),
    ("from inbox_kept($1) as inbox", "the demonstration's own"),
    ("select threads.id, threads.last_position", "the demonstration's own"),
    ("< ($3, $4)", "threads of a board whose door was passed"),
    ("> ($3, $4)", "threads of a board whose door was passed"),
    (
        "and threads.board_id = $2\n        order by threads.pinned_at",
        "a board whose door was passed",
    ),
    (
        "select boards.slug, boards.name\n        from boards\n        join visible_boards($1)",
        "names in what ranks take, where a formula asks of a board: looked at in ladder.rs",
    ),
    ("select board_helpers.member_id", "people and points, no words: looked at in home.rs"),
    (
        "from metric_days\n        join visible_boards($1)",
        "numbers, no words: looked at in calendar.rs",
    ),
    (
        "and thread_tags.board_id = visible.board_id\n                limit 100\n            ) as one\n            limit 100\n        ) as seen",
        "a number, no words: looked at in tags.rs",
    ),
    ("set threads = counted.threads", "an order, made by a chore: looked at in tags/carrying.rs"),
    ("from tag_follows\n        join tags", "what Bob follows: looked at in tags/following.rs"),
    ("as \"unanswered!\"", "numbers, no words: looked at in question_lists.rs"),
    (
        "from unnest($2::bigint[]) with ordinality as wanted (id, place)\n        join threads on threads.id = wanted.id\n        join visible_boards($1)",
        "threads of a feed, which were picked behind the filter",
    ),
    ("youngest.position between $3 - 29 and $3", "a thread whose door was passed"),
    ("select part.number", "numbers, no words: looked at in sitemap.rs"),
    ("order by least(threads.last_position, 20)", "the benchmark's own"),
    ("open.post_id as", "the queue of boards one moderates: looked at in flags/queue.rs"),
    ("coalesce(earlier.kept, 0)", "numbers, no words: looked at in flags/queue.rs"),
    ("order by boards.id desc", "the benchmark's own"),
    (
        "json_build_object(\n            'address'",
        "a member's copy: looked at in leaving/copied.rs",
    ),
    ("board_rights.board_id * 2 as key", "a member's copy: looked at in leaving/copied.rs"),
];

/// Everything that one of the filters is asked by.
fn queries() -> Vec<String> {
    let cache = Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let files = fs::read_dir(cache).expect("queries are cached");
    let texts = files.map(|file| {
        let text = fs::read_to_string(file.expect("it is there").path()).expect("it is text");
        let cached: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        cached["query"].as_str().expect("it holds a query").to_owned()
    });
    let asks = |text: &String| {
        ["visible_boards(", "visible_groups(", "inbox_kept("]
            .iter()
            .any(|filter| text.contains(filter))
    };
    let mut queries: Vec<String> = texts.filter(asks).collect();
    queries.sort();
    queries
}

async fn plant(db: &mut PgConnection, queries: &[&String]) {
    let mut sql = "truncate planted;".to_owned();
    for query in queries {
        sql += &format!("insert into planted values ($query${query}$query$);");
    }
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(db).await.unwrap();
}

/// What Bob is answered, by address.
type Answers = BTreeMap<String, String>;

/// Everything that Bob is answered.
async fn read(stage: &Stage) -> Answers {
    let bob = stage.who("bob");
    let mut asked = addresses(&stage.world, &["zqmtitle", "zqmbody", "zqmtag"]).await;
    asked.retain(|address| !address.starts_with("/admin"));
    let web = crawl(bob, &asked).await;
    let mut read: Answers = web.0.into_iter().map(|(address, seen)| (address, seen.text)).collect();
    for id in stage.world.texts("select id::text from notifications order by id").await {
        let address = format!("/inbox/{id}/open");
        read.insert(address.clone(), again(bob, &address).await);
    }
    read
}

/// What Bob is answered there.
async fn again(bob: &Client, address: &str) -> String {
    if address.ends_with("/open") {
        let answer = bob.press(address).await;
        return format!("{:?}", answer.headers.get("location"));
    }
    look(bob, address).await.1.text
}

/// At which of these addresses each query is asked.
async fn askers(
    stage: &Stage,
    notices: &Notices,
    answers: &Answers,
) -> BTreeMap<String, Vec<String>> {
    let mut askers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for address in answers.keys() {
        notices.take(&stage.world).await;
        again(stage.who("bob"), address).await;
        let said = notices.take(&stage.world).await;
        let asked: BTreeSet<&str> =
            said.iter().filter_map(|notice| notice.strip_prefix("asked by: ")).collect();
        for query in asked {
            askers.entry(query.to_owned()).or_default().push(address.clone());
        }
    }
    askers
}

/// How a bug came to light.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    /// Somebody reads a word that is not for them.
    Word,
    /// An answer is another than it would be without the hidden.
    Difference,
    Not,
}

/// Whether the hidden comes to light at one of these addresses, or at any.
async fn found(stage: &Stage, honest: &Answers, at: Option<&[String]>) -> Found {
    let tells = |text: &String| {
        stage.secrets.iter().any(|(word, readers)| !readers.contains(&"bob") && text.contains(word))
    };
    let Some(addresses) = at else {
        let now = read(stage).await;
        return match now.values().any(tells) {
            true => Found::Word,
            false if now == *honest => Found::Not,
            false => Found::Difference,
        };
    };
    let mut found = Found::Not;
    for address in addresses {
        let now = again(stage.who("bob"), address).await;
        if tells(&now) {
            return Found::Word;
        }
        if now != honest[address] {
            found = Found::Difference;
        }
    }
    found
}

#[tokio::test]
async fn every_query_that_forgets_who_may_see_what_is_found_out() {
    let mut stage = Stage::set().await;
    set_the_scene(&mut stage).await;
    let mut owner = stage.world.as_owner().await;
    sqlx::raw_sql(PLANT).execute(&mut owner).await.unwrap();
    // Opening what stands in his inbox, he has read it.
    read(&stage).await;
    let honest = read(&stage).await;
    assert_eq!(found(&stage, &honest, None).await, Found::Not, "nothing is planted yet");
    let notices = Notices::default();
    let hearing = tracing_subscriber::registry().with(notices.clone()).set_default();
    let askers = askers(&stage, &notices, &honest).await;
    drop(hearing);

    let queries = queries();
    let rows = queries.iter().find(|query| query.contains(ROWS)).expect("lists have rows");
    let (mut unseen, mut seen) = (Vec::new(), Vec::new());
    for query in &queries {
        let sheltered = SHELTERED.iter().any(|(part, _)| query.contains(part));
        let here = askers.get(query).map_or(&[][..], Vec::as_slice);
        let mut how = Found::Not;
        // Where the query is asked first, for that is quick; then everywhere.
        for at in [Some(here), None] {
            let with_rows = query.contains("threads.id").then_some(vec![query, rows]);
            for planted in [Some(vec![query]), with_rows].into_iter().flatten() {
                if how == Found::Not && (at.is_some() || !sheltered) {
                    plant(&mut owner, &planted).await;
                    how = found(&stage, &honest, at).await;
                }
            }
        }
        match how {
            // Rows are drawn of what lists pick, with which they are planted.
            Found::Not if !sheltered && query != rows => unseen.push(query),
            Found::Not => {}
            found => seen.push(found),
        }
    }
    owner.close().await.unwrap();

    assert!(unseen.is_empty(), "{} bugs are not found: {unseen:#?}", unseen.len());
    let words = seen.iter().filter(|found| **found == Found::Word).count();
    assert!(words >= 15, "{words} found by a word, {} in all", seen.len());
}

/// Boards that Bob wrote on and was answered on, and may not see any more; and a hidden group.
async fn set_the_scene(stage: &mut Stage) {
    stage.world.found("zqmoved", Style::Questions, Audience::Everyone).await;
    stage.world.found("zqpress", Style::Announcements, Audience::Staff).await;
    let words = [
        "zqmoved",
        "zqmtitle",
        "zqmbody",
        "zqmtag",
        "zqmreply",
        "zqmold",
        "zqmnew",
        "zqmlock",
        "zqmgone",
        "zqmreason",
        "zqmwhy",
        "zqmfile",
    ];
    let thread = fill(stage, "bob", "ada", words).await;
    let (sam, tom) = (stage.who("sam"), stage.who("tom"));
    // Bob asks in the open what was asked there; Ada has the problem there.
    let open = stage.who("bob").start("help", "Lamps of another kind", "They are.").await;
    stage.who("ada").press(&thread.deed("me-too")).await.expect(303);
    let named = [("original", &open.id.to_string()[..])];
    sam.post(&thread.deed("duplicate/of"), &named).await.expect(303);
    // One that nobody answered, whose problem Bob has, and one that he solved.
    let (ada, bob) = (stage.who("ada"), stage.who("bob"));
    let alone = ada.start("zqmoved", "zqmtitle alone", "zqmbody alone").await;
    bob.press(&alone.deed("me-too")).await.expect(303);
    let solved = ada.start("zqmoved", "zqmtitle solved", "zqmbody solved").await;
    bob.say(&solved, "zqmreply solves it").await;
    let solution = stage.post_at(&solved, 2).await;
    ada.press(&format!("/p/{solution}/solution")).await.expect(303);
    sam.say(&thread, "zqmreply once more").await;
    sam.start("zqpress", "zqptitle stands here", "zqpbody").await;
    tom.post(&thread.deed("pin"), &[("to", "site")]).await.expect(303);
    stage.world.group("zqcircle", Kind::Hidden, &["ada"]).await;
    stage.world.run_jobs().await;
    // Tags are listed when they are counted.
    stage.world.run_chores().await;
    stage.world.reopen("zqmoved", Audience::Staff).await;
    stage.keep(super::STAFF, &words);
    stage.keep(super::STAFF, &["zqpress", "zqptitle", "zqpbody"]);
    stage.keep(super::INSIDERS, &["zqcircle"]);
}
