use super::{
    Paper, consent,
    paper::blanks,
    store::{self, New},
};
use crate::{
    access::Admin,
    app::App,
    audit::{self, About, Act, Change},
    error::{Result, Taken},
    kit::MemberId,
    markup::TooMuch,
    outbox::Actor,
    rendering::{self, Place},
};
use serde_json::json;

/// A text as it is to be.
pub struct Edit {
    /// Empty to withdraw it.
    pub source: String,
    /// Whether members must agree to it before they go on.
    pub needs_consent: bool,
    /// The version that it was written upon; 0 for none.
    pub upon: i32,
}

/// How publishing ends.
pub enum Published {
    /// It holds.
    Holds,
    /// Somebody else has published another version meanwhile.
    Meanwhile,
    /// Something in it is still to be filled in: this.
    Unfinished(String),
    /// There is no such text, and nothing to publish.
    Nothing,
    /// It cannot be drawn.
    TooMuch(TooMuch),
}

/// Publishes a version of a text. One that says the same is not kept; it can still ask for consent.
///
/// # Errors
/// Those of the database; [`crate::error::Error::Busy`] where too many draw.
pub async fn publish(app: &App, admin: &Admin, paper: Paper, edit: &Edit) -> Result<Published> {
    let now = app.now();
    if let Some(blank) = blanks(&edit.source).next() {
        return Ok(Published::Unfinished(blank.to_owned()));
    }
    let place = Place { prefix: format!("{}-", paper.name()), ..Place::default() };
    let html = match rendering::render(&edit.source, place).await? {
        Ok(rendered) => rendered.html,
        Err(too_much) => return Ok(Published::TooMuch(too_much)),
    };
    let mut tx = app.db.begin().await?;
    store::hold_to_change(&mut tx, paper).await?;
    let before = store::held(&mut tx, paper).await?;
    if before.is_none() && edit.source.is_empty() {
        return Ok(Published::Nothing);
    }
    let version = before.as_ref().map_or(0, |held| held.version);
    if version != edit.upon {
        return Ok(Published::Meanwhile);
    }
    let asked = before.as_ref().and_then(|held| held.consent_version);
    let same = before.as_ref().map_or("", |held| &held.source) == edit.source;
    let number = if same { version } else { version + 1 };
    let needs_consent = edit.needs_consent && paper.takes_consent() && !edit.source.is_empty();
    let asks = if needs_consent { Some(number) } else { asked };
    if same && asks == asked {
        return Ok(Published::Holds);
    }
    if !same {
        let new = New { paper, number, source: &edit.source, html: &html, by: admin.member().id };
        let kept = store::insert(&mut tx, &new, now).await;
        if kept.unless_taken(&["paper_versions_in_order"])?.is_none() {
            return Ok(Published::Meanwhile);
        }
    }
    let withdrawn_at = edit.source.is_empty().then_some(now);
    store::let_hold(&mut tx, paper, number, asks, withdrawn_at).await?;
    let act = if withdrawn_at.is_some() { Act::WithdrawPaper } else { Act::PublishPaper };
    let change = Change {
        act,
        about: About::Paper(paper.name()),
        member: None,
        before: json!({ "version": before.map(|held| held.version), "consent": asked }),
        after: json!({ "version": number, "consent": asks }),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(Published::Holds)
}

/// A member agrees to the terms; false where another version holds by now.
pub(super) async fn agree(app: &App, member: MemberId, version: i32) -> Result<bool> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let agreed = consent::agree(&mut tx, member, version, now).await?;
    tx.commit().await?;
    Ok(agreed)
}
