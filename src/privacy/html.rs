//! The pages of a copy, which are read without a server.

use crate::words::Language;
use askama::Template;
use serde_json::{Map, Value};
use time::OffsetDateTime;

/// What begins every page.
#[derive(Template)]
#[template(path = "privacy/copy_head.html")]
struct Head<'a> {
    title: &'a str,
}

/// One thing, such as a post.
#[derive(Template)]
#[template(path = "privacy/copy_thing.html")]
struct Thing<'a> {
    address: &'a str,
    fields: Vec<(&'a str, String)>,
}

/// The page that leads to the others.
#[derive(Template)]
#[template(path = "privacy/copy_index.html")]
struct Index<'a> {
    title: String,
    lead: String,
    files: &'a [(&'static str, String, i64)],
}

/// What ends every page.
pub(super) const FOOT: &str = "</main></body></html>\n";

pub(super) fn head(title: &str) -> String {
    Head { title }.render().unwrap_or_default()
}

/// One line of JSON for people.
pub(super) fn thing(line: &str, address: &str) -> anyhow::Result<String> {
    let object: Map<String, Value> = serde_json::from_str(line)?;
    let fields = object.iter().filter_map(|(name, value)| Some((name.as_str(), plain(value)?)));
    Ok(Thing { address, fields: fields.collect() }.render()?)
}

/// A value as people read it; nothing where there is none.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(list) if list.is_empty() => None,
        other => Some(other.to_string()),
    }
}

pub(super) fn index(
    community: &str,
    address: &str,
    now: OffsetDateTime,
    files: &[(&'static str, String, i64)],
) -> anyhow::Result<String> {
    let language = Language::default();
    let title = language.text_with("copy-title", &[("community", community.into())]);
    let (date, address) = (language.date(now), address.to_owned());
    let lead = language.text_with(
        "copy-lead",
        &[("date", date.as_str().into()), ("address", address.as_str().into())],
    );
    Ok(Index { title, lead, files }.render()?)
}
