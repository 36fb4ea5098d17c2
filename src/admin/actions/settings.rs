use crate::{
    access::Admin,
    app::App,
    audit::{self, About, Act, Change},
    error::Result,
    outbox::Actor,
    settings::{self, Entry},
};
use serde_json::{Value, json};

/// One setting, as somebody wants it who saw it as it was.
pub(in crate::admin) struct Wish {
    pub(in crate::admin) entry: &'static Entry,
    pub(in crate::admin) value: Value,
    /// What it had when the page was drawn, as forms say it; nothing where that was not sent.
    pub(in crate::admin) was: Option<String>,
}

/// Changes settings, each with an entry of its own in the log. Where somebody else has changed one of them
/// since the page was drawn, nothing is changed, and those are returned: nobody undoes what they have not
/// seen.
///
/// # Errors
/// Those of the database.
pub(in crate::admin) async fn change_settings(
    app: &App,
    admin: &Admin,
    wishes: &[Wish],
) -> Result<Vec<&'static Entry>> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let before = settings::locked(&mut tx).await?;
    let mut raw = serde_json::to_value(&before).map_err(anyhow::Error::from)?;
    let wishes = wishes.iter().filter(|wish| raw.get(wish.entry.name) != Some(&wish.value));
    let wishes: Vec<_> = wishes.collect();
    let meanwhile =
        |wish: &&&Wish| wish.was.as_ref().is_some_and(|was| *was != before.said(wish.entry));
    let changed: Vec<_> = wishes.iter().filter(meanwhile).map(|wish| wish.entry).collect();
    if !changed.is_empty() {
        return Ok(changed);
    }
    for Wish { entry, value, .. } in wishes {
        settings::set(&mut tx, entry, value).await?;
        let change = Change {
            act: Act::ChangeSetting,
            about: About::Setting(entry.name),
            member: None,
            before: json!({ "value": raw[entry.name].take() }),
            after: json!({ "value": value }),
        };
        audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    }
    tx.commit().await?;
    Ok(Vec::new())
}
