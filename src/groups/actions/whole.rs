//! Founding, changing and deleting groups.

use crate::{
    access::{Admin, rights},
    app::App,
    audit::{self, About, Act, Change},
    error::Result,
    groups::{Group, Kind, access, ranks, store},
    outbox::Actor,
    reputation,
};
use serde_json::{Value, json};

/// What a group is to be, checked.
#[derive(Debug, Clone)]
pub struct GroupEdit {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How one gets in.
    pub kind: Kind,
    /// The rank that brings one in, if one does.
    pub rank: Option<i64>,
}

impl GroupEdit {
    fn words(&self) -> store::Words<'_> {
        let (name, description) = (&self.name, &self.description);
        store::Words { name, description, kind: self.kind, rank: self.rank }
    }

    fn logged(&self) -> Value {
        json!({
            "name": self.name,
            "description": self.description,
            "kind": self.kind,
            "rank": self.rank,
        })
    }
}

/// Founds a group without members; those whom a rank brings in come within minutes, some at a time. `None` where its name in
/// addresses is taken.
///
/// # Errors
/// Those of the database.
pub async fn found(
    app: &App,
    admin: &Admin,
    slug: &str,
    new: &GroupEdit,
) -> Result<Option<String>> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    if new.rank.is_some() {
        reputation::sweep::restart(&mut tx).await?;
    }
    let Some(id) = store::insert(&mut tx, slug, &new.words(), now).await? else {
        return Ok(None);
    };
    let change = Change {
        act: Act::FoundGroup,
        about: About::Group(id, &new.name),
        member: None,
        before: json!({}),
        after: new.logged(),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(Some(slug.to_owned()))
}

/// Changes what a group is. Whom another rank does not bring in any more is out at once, whom it brings in is in
/// within minutes. Who asked to be let in need not wait where nobody is asked any more.
///
/// # Errors
/// [`NotFound`](crate::error::Error::NotFound) where there is no such group; those of the database.
pub async fn change(app: &App, admin: &Admin, slug: &str, edit: &GroupEdit) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let group = access::held(&mut tx, admin.member(), slug).await?;
    let before = as_edit(&group).logged();
    if before == edit.logged() {
        return Ok(());
    }
    if edit.rank != group.rank_id {
        // Before anybody's place in the group is touched, which a sweep at work may want.
        reputation::sweep::restart(&mut tx).await?;
    }
    store::update(&mut tx, group.id, &edit.words()).await?;
    if edit.kind != Kind::Request {
        store::forget_requests(&mut tx, group.id).await?;
    }
    if edit.rank != group.rank_id {
        ranks::leave(&mut tx, group.id, edit.rank).await?;
    }
    let change = Change {
        act: Act::EditGroup,
        about: About::Group(group.id, &edit.name),
        member: None,
        before,
        after: edit.logged(),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    app.announce_rights().await?;
    Ok(())
}

/// Deletes a group: nobody is in it any more, and what it was allowed on boards is gone. The log keeps
/// what it was.
///
/// # Errors
/// As [`change`].
pub async fn delete(app: &App, admin: &Admin, slug: &str) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    // Before the group's row, as whoever sets a rule about a group takes them.
    rights::lock(&mut tx).await?;
    let group = access::held(&mut tx, admin.member(), slug).await?;
    let mut before = as_edit(&group).logged();
    before["rights"] = rights::forget_group(&mut tx, group.id).await?.into();
    before["members"] = store::delete(&mut tx, group.id).await?.into();
    let change = Change {
        act: Act::DeleteGroup,
        about: About::Group(group.id, &group.name),
        member: None,
        before,
        after: json!({}),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    app.announce_rights().await?;
    Ok(())
}

fn as_edit(group: &Group) -> GroupEdit {
    GroupEdit {
        name: group.name.clone(),
        description: group.description.clone(),
        kind: group.kind,
        rank: group.rank_id,
    }
}
