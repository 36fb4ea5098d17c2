//! What `docs/data-map.toml` says of every column, held against the schema.

use crate::harness::World;
use std::collections::{BTreeMap, BTreeSet};

/// A table as the map describes it.
pub(crate) struct Mapped {
    /// The file of a copy in which its rows about a member stand.
    pub(crate) copy: Option<String>,
    /// Class, purpose, time and erasure of each column.
    pub(crate) columns: BTreeMap<String, [String; 4]>,
}

impl Mapped {
    /// Whether rows about a member go when the account is erased.
    pub(crate) fn rows_go(&self) -> bool {
        self.columns.values().any(|column| column[0] == "personal" && column[3] == "row")
    }

    /// Whether something in it is personal.
    pub(crate) fn is_personal(&self) -> bool {
        self.columns.values().any(|column| column[0] == "personal")
    }
}

/// The whole map.
pub(crate) fn map() -> BTreeMap<String, Mapped> {
    let tables: toml::Table = include_str!("../../docs/data-map.toml").parse().expect("TOML");
    tables.into_iter().map(|(name, table)| (name, mapped(table))).collect()
}

fn mapped(table: toml::Value) -> Mapped {
    let mut fields = table.try_into::<toml::Table>().expect("a table");
    let about = fields.remove("about").expect("a table says what it is about");
    assert!(about.as_str().is_some_and(|words| words.len() > 5));
    let copy = fields.remove("copy").map(|copy| copy.as_str().expect("a name").to_owned());
    let columns = fields.into_iter().map(|(name, column)| {
        let four = column.try_into::<[String; 4]>().expect("four words");
        // `about` is said of the table.
        (name.trim_end_matches('_').to_owned(), four)
    });
    Mapped { copy, columns: columns.collect() }
}

#[tokio::test]
async fn every_column_of_the_database_is_in_the_map() {
    let world = World::new().await;

    let there = world
        .texts(
            "select table_name || '.' || column_name from information_schema.columns
            where table_schema = 'public' and table_name <> '_sqlx_migrations'",
        )
        .await;

    let there: BTreeSet<String> = there.into_iter().collect();
    let mapped: BTreeSet<String> = map()
        .iter()
        .flat_map(|(table, mapped)| {
            mapped.columns.keys().map(move |column| format!("{table}.{column}"))
        })
        .collect();
    let missing: Vec<_> = there.difference(&mapped).collect();
    assert!(missing.is_empty(), "say in docs/data-map.toml what these are for: {missing:#?}");
    let gone: Vec<_> = mapped.difference(&there).collect();
    assert!(gone.is_empty(), "docs/data-map.toml tells of what is not there: {gone:#?}");
}

#[test]
fn the_map_speaks_its_own_words() {
    for (table, mapped) in map() {
        for (column, [class, purpose, kept, erasure]) in &mapped.columns {
            let name = format!("{table}.{column}");
            assert!(["personal", "content", "operational"].contains(&class.as_str()), "{name}");
            assert!(!purpose.is_empty() && !kept.is_empty(), "{name}");
            let ways = ["row", "emptied", "replaced", "withdrawn", "stays", "none"];
            assert!(ways.contains(&erasure.as_str()), "{name}");
            // What is personal does not outlive the account.
            let goes = ["row", "emptied", "replaced"].contains(&erasure.as_str());
            assert!(class != "personal" || goes, "{name} is personal and stays");
        }
    }
}
