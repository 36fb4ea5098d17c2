//! What is done with tags: by those who run the community, and by those who follow them.

use crate::{
    access::Admin,
    app::App,
    audit::{self, About, Act, Change},
    error::{Error, Result},
    members::{Member, Viewer},
    outbox::Actor,
    threads::tags::{
        self, Tag,
        store::{carry, follows, run},
    },
};
use serde_json::{Value, json};
use sqlx::PgConnection;

/// What a tag is to be, checked.
#[derive(Debug, Clone)]
pub(crate) struct TagEdit {
    /// Its name, which addresses bear.
    pub(crate) name: String,
    /// What it means, in one line.
    pub(crate) description: String,
    /// Whether only staff and moderators give it.
    pub(crate) restricted: bool,
}

impl TagEdit {
    fn logged(&self) -> Value {
        json!({
            "name": self.name,
            "description": self.description,
            "restricted": self.restricted,
        })
    }
}

/// Changes what a tag is called, means, and who gives it. The name that it had becomes a synonym, so that its
/// address leads on. False where the new name is another tag's, or means one.
///
/// # Errors
/// [`Error::NotFound`] where there is none; those of the database.
pub(crate) async fn edit_tag(app: &App, admin: &Admin, name: &str, edit: &TagEdit) -> Result<bool> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (tag, other) = hold(&mut tx, name, &edit.name).await?;
    let was = TagEdit {
        name: tag.name.clone(),
        description: tag.description.clone(),
        restricted: tag.restricted,
    };
    if edit.logged() == was.logged() {
        return Ok(true);
    }
    if edit.name != tag.name {
        let meant = run::meant_by(&mut tx, &edit.name).await?;
        if other.is_some() || meant.is_some_and(|meant| meant != tag.id) {
            return Ok(false);
        }
        run::remove_synonym(&mut tx, &edit.name, tag.id).await?;
        run::add_former_name(&mut tx, &tag.name, tag.id, now).await?;
    }
    let restricted_at = edit.restricted.then_some(now);
    if !run::set(&mut tx, tag.id, (&edit.name, &edit.description), restricted_at).await? {
        return Ok(false);
    }
    let change = Change {
        act: Act::EditTag,
        about: About::Tag(tag.id, &edit.name),
        member: None,
        before: was.logged(),
        after: edit.logged(),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Holds a tag, and another of this name if there is one. A tag on its way out is none.
async fn hold(db: &mut PgConnection, name: &str, other: &str) -> Result<(Tag, Option<Tag>)> {
    let mut held = run::hold(db, &[name.to_owned(), other.to_owned()]).await?;
    if run::meant_by(db, name).await?.is_some() {
        return Err(Error::NotFound);
    }
    let place = held.iter().position(|tag| tag.name == name).ok_or(Error::NotFound)?;
    let tag = held.remove(place);
    Ok((tag, held.pop()))
}

/// How adding a synonym ends.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Added {
    /// It means the tag from now on.
    Done,
    /// It means another tag already, or is this tag's own name.
    Taken,
    /// It is a tag that threads have, which are to be carried over: so many, as far as 10,000. Nothing is done.
    Carries(i64),
}

/// Makes a name a synonym of a tag. Where it is a tag itself, and `agreed` that it ends, whoever means it means this
/// tag from now on; a chore carries over what it has.
///
/// # Errors
/// [`Error::NotFound`] where there is no such tag; those of the database.
pub(crate) async fn add_synonym(
    app: &App,
    admin: &Admin,
    name: &str,
    synonym: &str,
    agreed: bool,
) -> Result<Added> {
    let now = app.now();
    if name == synonym {
        return Ok(Added::Taken);
    }
    let mut tx = app.db.begin().await?;
    // Where there is no such tag, somebody might give one this very moment: with a row of this name they wait.
    tags::store::add_missing(&mut tx, &[synonym.to_owned()]).await?;
    let (tag, other) = hold(&mut tx, name, synonym).await?;
    let mut carried = 0;
    if let Some(other) = &other {
        carried = run::count_all(&mut tx, other.id).await?;
        if carried > 0 && !agreed {
            return Ok(Added::Carries(carried));
        }
        carry::synonyms(&mut tx, other.id, tag.id).await?;
    }
    if !carry::add_synonym(&mut tx, synonym, tag.id, now).await? {
        return Ok(Added::Taken);
    }
    let change = Change {
        act: Act::AddSynonym,
        about: About::Tag(tag.id, &tag.name),
        member: None,
        before: json!({}),
        after: json!({ "synonym": synonym, "carried": carried }),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(Added::Done)
}

/// Takes a synonym from a tag. Threads keep the tag.
///
/// # Errors
/// [`Error::NotFound`] where there is no such tag or synonym, [`Error::Refused`] while what bore the name is carried
/// over; those of the database.
pub(crate) async fn remove_synonym(
    app: &App,
    admin: &Admin,
    name: &str,
    synonym: &str,
) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (tag, other) = hold(&mut tx, name, synonym).await?;
    if other.is_some() && run::meant_by(&mut tx, synonym).await? == Some(tag.id) {
        return Err(Error::Refused("admin-tag-synonym-carries".into()));
    }
    if !run::remove_synonym(&mut tx, synonym, tag.id).await? {
        return Err(Error::NotFound);
    }
    let change = Change {
        act: Act::RemoveSynonym,
        about: About::Tag(tag.id, &tag.name),
        member: None,
        before: json!({ "synonym": synonym }),
        after: json!({}),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Follows a tag: new threads with it come to the inbox. Returns the tag's name.
///
/// # Errors
/// [`Error::NotFound`] where the member may see no thread with it; those of the database.
pub(in crate::threads) async fn follow_tag(
    app: &App,
    member: &Member,
    name: &str,
) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let tag = tags::readable(&mut tx, Viewer::from(member).key(), name).await?;
    follows::follow(&mut tx, tag.id, member.id, now).await?;
    tx.commit().await?;
    Ok(tag.name)
}

/// Follows a tag no more. Returns the tag's name.
///
/// # Errors
/// As [`follow_tag`].
pub(in crate::threads) async fn unfollow_tag(
    app: &App,
    member: &Member,
    name: &str,
) -> Result<String> {
    let mut tx = app.db.begin().await?;
    let tag = tags::readable(&mut tx, Viewer::from(member).key(), name).await?;
    follows::unfollow(&mut tx, tag.id, member.id).await?;
    tx.commit().await?;
    Ok(tag.name)
}
