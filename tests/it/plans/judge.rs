//! What may not be: the two communities compared.

use super::{explain::Plan, walk::Visit};
use candor::router::routes;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// What was seen of a community.
pub(super) struct Seen {
    pub(super) visits: Vec<Visit>,
    /// How many rows each table holds.
    pub(super) sizes: BTreeMap<String, f64>,
}

/// Tables that do not grow with a community.
const STEADY: [&str; 32] = [
    "_sqlx_migrations",
    "badge_grants",
    "badge_sets",
    "badge_tallies",
    "badges",
    "board_counts",
    "board_helpers",
    "leader_steps",
    "leaders",
    "board_rights",
    "boards",
    "categories",
    "category_rights",
    "chores",
    "groups",
    "handle_salt",
    "ledger_backlog",
    "member_roles",
    "moderator_numbers",
    "paper_versions",
    "papers",
    "point_tables",
    "provider_groups",
    "provider_roles",
    "providers",
    "rank_powers",
    "rank_sweep",
    "ranks",
    "schema_floor",
    "set_up_code",
    "set_up_passes",
    "settings",
];

/// A statement that may grow.
struct Exception {
    /// How it begins.
    statement: &'static str,
    /// It may grow until it looks at so many pages and rows.
    pages: u64,
    rows: u64,
    /// For these it may go on: what was asked for, and by whom.
    beyond: &'static [(&'static str, &'static [&'static str])],
    /// Part of a statement in the same request that bounds it then.
    bounded_by: &'static str,
}

/// Why is said beside `found` in src/search/store.rs.
const SEARCH: Exception = Exception {
    statement: "with matching as materialized",
    // A thousand candidates and their threads.
    pages: 4_000,
    rows: 4_000,
    beyond: &[
        ("a search for a word in every post", &["a guest", "a member"]),
        ("a search for a word in every third post", &["a guest", "a member"]),
        ("a search for a phrase", &["a guest", "a member"]),
        ("a search for a word of hidden posts", &["a guest", "a member"]),
        ("a search for a word of old posts", &["a guest", "a member", "a moderator"]),
    ],
    bounded_by: "set_config('statement_timeout', '2s', true)",
};

/// A statement with a limit of its own, which the small crowd does not reach.
struct Limited {
    /// How it begins.
    statement: &'static str,
    /// What the limit allows.
    pages: u64,
    rows: u64,
}

const LIMITED: [Limited; 5] = [
    // Of those who may be meant five hundred are looked at, each with what is asked for.
    Limited {
        statement: "select known.id as \"id!: MemberId\", known.handle",
        pages: 7_000,
        rows: 3_000,
    },
    // Of each group at most a thousand members are counted.
    Limited { statement: "select groups.id, groups.slug,", pages: 3_000, rows: 45_000 },
    // Of each thousand threads those before the first that guests may see; the first thousands are staff's.
    Limited { statement: "select part.number as \"number!\"", pages: 400, rows: 5_000 },
    // Two hundred members, each found by its id.
    Limited {
        statement: "select members.id, members.handle, members.name from ( select group_requests",
        pages: 700,
        rows: 400,
    },
    Limited {
        statement: "select members.id, members.handle, members.name, inside.owner_since",
        pages: 700,
        rows: 400,
    },
];

/// What one statement cost in one visit.
#[derive(Default)]
struct Cost<'a> {
    buffers: u64,
    rows: u64,
    plans: Vec<&'a Plan>,
}

type Costs<'a> = BTreeMap<(&'a str, &'a str), Cost<'a>>;

fn costs(seen: &Seen) -> Costs<'_> {
    let mut costs = Costs::new();
    for visit in &seen.visits {
        for plan in &visit.plans {
            let cost = costs.entry((&visit.name, &plan.statement)).or_default();
            cost.buffers += plan.buffers;
            cost.rows += rows(plan);
            cost.plans.push(plan);
        }
    }
    costs
}

/// Rows that a statement read, without those of tables that are small in every community.
fn rows(plan: &Plan) -> u64 {
    let scans = plan.scans.iter().filter(|scan| !STEADY.contains(&scan.table.as_str()));
    scans.map(|scan| scan.rows).sum()
}

impl Cost<'_> {
    /// Twice is what a deeper index may cost; the rest is for plans that are another, and no worse.
    fn exceeds(&self, small: &Self) -> bool {
        self.buffers > 2 * small.buffers + 60 || self.rows > 2 * small.rows + 200
    }

    fn read_whole(&self, growing: &BTreeSet<&str>) -> Vec<&str> {
        let scans = self.plans.iter().flat_map(|plan| &plan.scans).filter(|scan| scan.whole);
        scans.map(|scan| scan.table.as_str()).filter(|table| growing.contains(table)).collect()
    }
}

/// Everything that is not as it should be, in words.
pub(super) fn wrong(small: &Seen, large: &Seen) -> Vec<String> {
    let mut wrong = tables(small, large);
    wrong.extend(answers(small, large));
    wrong.extend(addresses(large));
    wrong.extend(statements(small, large));
    wrong
}

fn growing<'a>(small: &Seen, large: &'a Seen) -> BTreeSet<&'a str> {
    let grows =
        |(table, rows): &(&String, &f64)| **rows > 4.0 * small.sizes[*table] && **rows > 200.0;
    large.sizes.iter().filter(grows).map(|(table, _)| table.as_str()).collect()
}

fn tables(small: &Seen, large: &Seen) -> Vec<String> {
    let growing = growing(small, large);
    let still = large.sizes.keys().map(String::as_str);
    let still = still.filter(|table| !growing.contains(table) && !STEADY.contains(table));
    still.map(|table| format!("{table} does not grow: teach the crowd to fill it")).collect()
}

/// Both communities answer alike, and what they asked of the database was heard.
fn answers(small: &Seen, large: &Seen) -> Vec<String> {
    assert_eq!(small.visits.len(), large.visits.len(), "everything is asked in both");
    let pairs = small.visits.iter().zip(&large.visits);
    let by_itself =
        |visit: &Visit| ["/assets", "/healthz"].iter().any(|it| visit.path.starts_with(it));
    let unheard = small.visits.iter().chain(&large.visits);
    let unheard = unheard.filter(|visit| visit.plans.is_empty() && !by_itself(visit));
    let unheard = unheard.map(|visit| format!("no plan was heard of {}", visit.name));
    let unlike = pairs
        .filter(|(one, other)| (&one.name, one.status) != (&other.name, other.status))
        .map(|(one, other)| {
            format!(
                "{} answered {}, {} answered {}",
                one.name, one.status, other.name, other.status
            )
        });
    unheard.chain(unlike).collect()
}

/// Every address is asked for, and by somebody who may.
fn addresses(seen: &Seen) -> Vec<String> {
    let asked = |visit: &&Visit, route: &candor::route::Route| {
        visit.method == route.method && leads_to(&visit.path, route.path) && visit.status < 400
    };
    routes()
        .iter()
        // Gone as soon as there is somebody to be in a crowd.
        .filter(|route| !route.path.starts_with("/set-up"))
        .filter(|route| !seen.visits.iter().any(|visit| asked(&visit, route)))
        .map(|route| format!("nobody was given {} {}", route.method, route.path))
        .collect()
}

fn leads_to(path: &str, route: &str) -> bool {
    let parts: Vec<&str> = path.split('?').next().unwrap_or_default().split('/').collect();
    let wanted: Vec<&str> = route.split('/').collect();
    parts.len() == wanted.len()
        && parts.iter().zip(&wanted).all(|(part, want)| part == want || want.starts_with('{'))
}

/// Statements that grow, each once, with the visit in which it is worst in full.
fn statements(small: &Seen, large: &Seen) -> Vec<String> {
    let (before, now) = (costs(small), costs(large));
    let growing = growing(small, large);
    let nothing = Cost::default();
    let mut worse: BTreeMap<&str, Vec<(u64, String, &Plan)>> = BTreeMap::new();
    let mut used = BTreeSet::new();
    for ((visit, statement), cost) in &now {
        let was = before.get(&(*visit, *statement)).unwrap_or(&nothing);
        let whole = cost.read_whole(&growing);
        if !cost.exceeds(was) && whole.is_empty() {
            continue;
        }
        let limited = LIMITED.iter().find(|limited| statement.starts_with(limited.statement));
        if let Some(limited) = limited.filter(|_| whole.is_empty())
            && cost.buffers <= limited.pages
            && cost.rows <= limited.rows
        {
            used.insert(limited.statement);
            continue;
        }
        if statement.starts_with(SEARCH.statement) {
            if cost.buffers <= SEARCH.pages && cost.rows <= SEARCH.rows {
                continue;
            }
            if let Some(excepted) = beyond(visit, &now) {
                used.insert(excepted);
                continue;
            }
        }
        let mut line = format!(
            "{visit}: {} → {} pages, {} → {} rows",
            was.buffers, cost.buffers, was.rows, cost.rows
        );
        if !whole.is_empty() {
            write!(line, ", all of {}", whole.join(", ")).expect("it is memory");
        }
        worse.entry(statement).or_default().push((cost.rows, line, cost.plans[0]));
    }
    let mut wrong: Vec<String> = worse.into_iter().map(told).collect();
    let searches = SEARCH.beyond.iter().map(|(what, _)| *what);
    let excepted = searches.chain(LIMITED.iter().map(|limited| limited.statement));
    let idle = excepted.filter(|what| !used.contains(what));
    wrong.extend(idle.map(|what| format!("{what:?} needs no exception")));
    wrong
}

fn told((statement, mut visits): (&str, Vec<(u64, String, &Plan)>)) -> String {
    visits.sort_by_key(|(rows, ..)| Reverse(*rows));
    let lines: Vec<&str> = visits.iter().map(|(_, line, _)| line.as_str()).collect();
    format!(
        "{statement}\n{}\nThe first of these, in the large community:\n{}",
        lines.join("\n"),
        visits[0].2.text
    )
}

/// What a search was for that may go on, as long as something bounds it.
fn beyond(visit: &str, costs: &Costs<'_>) -> Option<&'static str> {
    let allowed = |(what, by): &&(&str, &[&str])| {
        visit.contains(what) && by.iter().any(|who| visit.contains(&format!(" by {who},")))
    };
    let (what, _) = SEARCH.beyond.iter().find(allowed)?;
    let bounds =
        |(of, statement): &(&str, &str)| *of == visit && statement.contains(SEARCH.bounded_by);
    costs.keys().any(bounds).then_some(*what)
}

/// A table of the ten requests that cost most in the large community, one of each kind.
pub(super) fn costliest(small: &Seen, large: &Seen) -> String {
    let pages = |visit: &Visit| visit.plans.iter().map(|plan| plan.buffers).sum::<u64>();
    let rows = |visit: &Visit| visit.plans.iter().map(rows).sum::<u64>();
    let kind = |visit: &Visit| {
        let ends = ["?", ",", " with ", " by "];
        let first = ends.iter().filter_map(|end| visit.name.find(end)).min();
        visit.name[..first.unwrap_or(visit.name.len())].to_owned()
    };
    let mut visits: Vec<_> = small.visits.iter().zip(&large.visits).collect();
    visits.sort_by_key(|(_, visit)| Reverse(pages(visit)));
    let mut told = BTreeSet::new();
    visits.retain(|(_, visit)| told.insert(kind(visit)));
    let mut table = "| request | pages | rows |\n|---|---|---|\n".to_owned();
    for (one, other) in visits.iter().take(10) {
        let pages = format!("{} → {}", pages(one), pages(other));
        let rows = format!("{} → {}", rows(one), rows(other));
        writeln!(table, "| {} | {pages} | {rows} |", other.name).expect("it is memory");
    }
    table
}
