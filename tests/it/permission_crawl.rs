//! Every address × everybody × every state of what it is about: what is answered.
//!
//! `tests/data/permissions.csv` is the table of permissions, to be read by people: one row for each
//! address and object, one column for each actor. A cell that is missing, extra or different fails. So
//! does an address that `permission_crawl/cases.rs` does not know how to ask. To write the table anew,
//! and look at its diff:
//!
//! ```text
//! PERMISSIONS=write cargo test --test it permission_crawl
//! ```
//!
//! On the way, for every cell:
//!
//! - what is refused changes no row of any table, and neither does any GET;
//! - no cache may keep an answer, refusals and redirects included, but where the route says so;
//! - where an actor may not know of an object, the answer is word for word the one for an object that
//!   does not exist.

pub(crate) mod cases;
pub(crate) mod stage;
pub(crate) mod watch;

use cases::{Case, cases};
use stage::{ACTORS, Actor, Stage};
use std::{collections::BTreeMap, fmt::Write, fs, path::PathBuf, thread};
use watch::Watch;

use crate::{
    harness::{Ask, Client},
    spider::without_form_keys,
};
use axum::http::Method;
use candor::{
    route::{Cache, Route},
    router::routes,
};

/// What one actor was answered: by address and object, in the order of the product.
#[derive(Default)]
struct Column {
    cells: Vec<(String, u16)>,
    /// What went wrong besides.
    wrong: Vec<String>,
}

#[test]
fn permission_crawl() {
    let columns: Vec<Column> = thread::scope(|scope| {
        let threads: Vec<_> =
            ACTORS.iter().map(|&actor| scope.spawn(move || on_a_thread(actor))).collect();
        threads.into_iter().map(|thread| thread.join().expect("a crawl does not panic")).collect()
    });

    let wrong: Vec<&String> = columns.iter().flat_map(|column| &column.wrong).collect();
    assert!(wrong.is_empty(), "{} answers tell or do too much: {wrong:#?}", wrong.len());
    compare(&table(&columns));
}

/// Each actor has a world and a thread of their own.
fn on_a_thread(actor: Actor) -> Column {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime starts").block_on(crawl(actor))
}

async fn crawl(actor: Actor) -> Column {
    let stage = Stage::set().await;
    let mut watch = Watch::over(&stage.world).await;
    let mut column = Column::default();
    for route in routes() {
        let all = cases(&stage, &route.method, route.path);
        let mut answers = BTreeMap::new();
        for case in &all {
            let name = format!("{} {},{}", route.method, route.path, case.object);
            let answer = ask(&stage.browser(actor), &route.method, case).await;
            let touched = watch.touched().await;
            let denied = answer.status >= 400;
            if (denied || route.method.is_safe()) && !touched.is_empty() {
                column.wrong.push(format!(
                    "{name}: {actor:?}, answered {}, changed {touched:?}",
                    answer.status
                ));
            }
            if let Some(kept) = kept_wrongly(&route, &answer) {
                column.wrong.push(format!("{name}: {actor:?}, {}: {kept}", answer.status));
            }
            watch.restore(&touched).await;
            column.cells.push((name, answer.status));
            answers.insert(case.object, answer);
        }
        for case in all.iter().filter(|case| stage::is_hidden(case.object, actor)) {
            let (told, nothing) = (&answers[case.object], &answers["missing"]);
            if told != nothing {
                let path = route.path;
                column.wrong.push(format!(
                    "{} {path}: {actor:?} can tell {} from missing: {}",
                    route.method,
                    case.object,
                    told.difference(nothing)
                ));
            }
        }
    }
    column
}

/// What somebody could compare.
#[derive(PartialEq, Eq)]
struct Told {
    status: u16,
    text: String,
    /// What it says to caches.
    cache: String,
}

/// What an answer says to caches, where it is not what the route wants. Only what is as it should be may be
/// kept: not that there is nothing.
fn kept_wrongly(route: &Route, answer: &Told) -> Option<String> {
    let wanted = match route.cache {
        Cache::Forever if answer.status == 200 => "public, max-age=31536000, immutable",
        Cache::Asked if answer.status == 200 => "private, no-cache",
        Cache::Forever | Cache::Asked | Cache::Never => "private, no-store",
    };
    (answer.cache != wanted).then(|| format!("caches are told {:?}", answer.cache))
}

impl Told {
    fn difference(&self, other: &Self) -> String {
        let pair = self.text.lines().zip(other.text.lines()).find(|(one, two)| one != two);
        format!("{} and {}, {pair:?}", self.status, other.status)
    }
}

/// A form as a browser sends it to this address, with a file where one belongs to it.
pub(crate) fn post(client: &Client, path: &str, fields: &[(String, String)]) -> Ask {
    let ask = client.ask(Method::POST, path);
    match path.ends_with("/attach") {
        true => ask.with_files(fields, &[("a.txt".to_owned(), b"A file.".to_vec())]),
        false => ask.fields(fields),
    }
}

async fn ask(client: &Client, method: &Method, case: &Case) -> Told {
    let ask = match method.is_safe() {
        true => client.ask(method.clone(), &case.path),
        false => post(client, &case.path, &case.sent()),
    };
    if case.path.ends_with("/live") {
        // It has no end.
        let response = ask.stream().await;
        let cache = response.headers().get("cache-control");
        let cache = cache.map_or("", |value| value.to_str().unwrap_or("not ASCII")).to_owned();
        return Told { status: response.status().as_u16(), text: String::new(), cache };
    }
    let answer = ask.send().await;
    let mut text = String::new();
    for (name, value) in &answer.headers {
        // Its length follows from the rest, and each request has an id of its own.
        if name != "content-length" && name != "x-request-id" {
            writeln!(text, "{name}: {}", value.to_str().unwrap_or("not ASCII"))
                .expect("it is memory");
        }
    }
    text.push_str(&answer.text);
    Told {
        status: answer.status.as_u16(),
        text: case.masked(&without_form_keys(&text)),
        cache: answer.header("cache-control").to_owned(),
    }
}

fn table(columns: &[Column]) -> String {
    let names: Vec<String> =
        ACTORS.iter().map(|actor| format!("{actor:?}").to_lowercase()).collect();
    let mut table = format!("address,object,{}\n", names.join(","));
    for (row, (name, _)) in columns[0].cells.iter().enumerate() {
        let cells: Vec<String> =
            columns.iter().map(|column| column.cells[row].1.to_string()).collect();
        writeln!(table, "{name},{}", cells.join(",")).expect("it is memory");
    }
    table
}

/// The table as it is kept: address, object, and what each of [`ACTORS`] is answered.
pub(crate) fn answers_kept() -> Vec<(String, String, Vec<u16>)> {
    let kept = fs::read_to_string(path_of_table()).expect("the table is kept");
    let row = |row: &str| {
        let mut cells = row.split(',').map(ToOwned::to_owned);
        let (address, object) = (cells.next().unwrap(), cells.next().unwrap());
        (address, object, cells.map(|cell| cell.parse().expect("a status")).collect())
    };
    kept.lines().skip(1).map(row).collect()
}

fn path_of_table() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/permissions.csv")
}

fn compare(found: &str) {
    let path = path_of_table();
    #[expect(
        clippy::disallowed_methods,
        reason = "whoever runs the test says so, not the server's operator"
    )]
    let write = std::env::var("PERMISSIONS").is_ok_and(|what| what == "write");
    if write {
        fs::write(path, found).expect("the table can be written");
        return;
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    let only_in = |one: &str, other: &str| -> Vec<String> {
        one.lines()
            .filter(|row| !other.lines().any(|it| it == *row))
            .map(ToOwned::to_owned)
            .collect()
    };
    let (now, before) = (only_in(found, &kept), only_in(&kept, found));
    assert!(
        now.is_empty() && before.is_empty(),
        "permissions differ from tests/data/permissions.csv; if they should, write it anew with \
         PERMISSIONS=write cargo test --test it permission_crawl\nbefore: {before:#?}\nnow: {now:#?}"
    );
    assert_eq!(found, kept, "the rows of tests/data/permissions.csv stand in another order");
}
