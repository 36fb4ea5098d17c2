use super::{Admin, Place, Rule, Subject, rights, store};
use crate::{
    app::App,
    audit::{self, About, Act, Change},
    boards,
    error::{Error, Result},
    groups,
    members::Role,
    outbox::Actor,
};
use serde_json::{Map, Value, json};
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// What an administrator wants of a place: for each subject a rule, or that it has what is above.
pub type Asked = Vec<(Subject, Option<Rule>)>;

/// Sets rules of a board or a category; what nothing is said of stays. Acts with the next request of
/// whomever it concerns, and shuts open streams.
///
/// # Errors
/// [`Error::NotFound`] where there is no such place; those of the database.
pub async fn set_rights(app: &App, admin: &Admin, place: Place, asked: &Asked) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    store::lock(&mut tx).await?;
    let name = match place {
        Place::Board(id) => boards::store::name_of_board(&mut tx, id).await?,
        Place::Category(id) => boards::store::name_of_category(&mut tx, id).await?,
    };
    let name = name.ok_or(Error::NotFound)?;
    let before = own_rules(&mut tx, place).await?;
    for (subject, rule) in asked {
        if *subject != Subject::Role(Role::Admin) {
            store::set(&mut tx, place, *subject, *rule).await?;
        }
    }
    let lineage = boards::store::lineage(&mut tx, place).await?;
    rights::inherit(&mut tx, &lineage).await?;
    let after = own_rules(&mut tx, place).await?;
    if before == after {
        return Ok(());
    }
    let about = match place {
        Place::Board(id) => About::Board(id, &name),
        Place::Category(id) => About::Category(id, &name),
    };
    let (before, after) = differences(&before, &after);
    let change = Change { act: Act::SetRights, about, member: None, before, after };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    app.announce_rights().await?;
    Ok(())
}

/// The rules a place has of its own, as the log tells them.
async fn own_rules(db: &mut PgConnection, place: Place) -> Result<BTreeMap<String, String>> {
    let names = groups::store::names(db).await?;
    let rules = store::rules(db, place).await?;
    let own = rules.into_iter().filter(|set| set.from.is_none());
    Ok(own
        .map(|set| {
            let subject = match set.subject {
                Subject::Role(role) => role.name().to_owned(),
                Subject::Group(id) => {
                    let name = names.iter().find(|(group, _)| *group == id);
                    format!("group {}", name.map_or("", |(_, name)| name.as_str()))
                }
                // The log's page puts in the handle they have when it is read.
                Subject::Member(id) => format!("member:{id}"),
            };
            let level = set.rule.level.map_or("nothing", super::Level::name);
            let uploads = if set.rule.uploads { ", upload" } else { "" };
            (subject, format!("{level}{uploads}"))
        })
        .collect())
}

/// Only what differs: the log is read by people.
fn differences(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> (Value, Value) {
    let only = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
        let changed = one.iter().filter(|(subject, rule)| other.get(*subject) != Some(rule));
        changed.map(|(subject, rule)| (subject.clone(), json!(rule))).collect::<Map<_, _>>()
    };
    (Value::Object(only(before, after)), Value::Object(only(after, before)))
}
