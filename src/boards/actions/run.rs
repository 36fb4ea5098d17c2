//! What those who run the community do with boards and categories.

use crate::{
    access::{Admin, Audience, Place, rights},
    app::App,
    audit::{self, About, Act, Change},
    boards::{
        Style,
        founding::{self, NewBoard, NewCategory},
        store::{self, Running, Words},
    },
    error::{Error, Result},
    kit::{BoardId, CategoryId},
    outbox::Actor,
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What a board is to be, checked.
#[derive(Debug, Clone)]
pub struct BoardEdit {
    /// Under which heading.
    pub category: CategoryId,
    /// Its name.
    pub name: String,
    /// Its purpose in one line.
    pub description: String,
    /// What its threads are.
    pub style: Style,
    /// A name in the icon sprite.
    pub icon: String,
    /// Its tint, 1 to 8.
    pub tone: i16,
}

impl BoardEdit {
    fn words(&self) -> Words<'_> {
        Words {
            category: self.category,
            name: &self.name,
            description: &self.description,
            style: self.style,
            icon: &self.icon,
            tone: self.tone,
        }
    }

    fn logged(&self) -> Value {
        json!({
            "name": self.name,
            "description": self.description,
            "style": self.style,
            "icon": self.icon,
            "tone": self.tone,
            "category": self.category,
        })
    }
}

impl From<&Running> for BoardEdit {
    fn from(board: &Running) -> Self {
        Self {
            category: board.category_id,
            name: board.name.clone(),
            description: board.description.clone(),
            style: board.style,
            icon: board.icon.clone(),
            tone: board.tone,
        }
    }
}

/// Puts up a heading after the others, with rules for an audience; false where its name in addresses is
/// taken.
///
/// # Errors
/// Those of the database.
pub async fn open_category(
    app: &App,
    admin: &Admin,
    slug: &str,
    name: &str,
    audience: Audience,
) -> Result<bool> {
    let actor = Actor::Member(admin.member().id);
    let mut tx = app.db.begin().await?;
    let opened = open_category_in(&mut tx, actor, (slug, name), audience, app.now()).await?;
    tx.commit().await?;
    Ok(opened.is_some())
}

/// The same inside a given transaction, by its name in addresses and its name.
pub(crate) async fn open_category_in(
    db: &mut PgConnection,
    actor: Actor,
    (slug, name): (&str, &str),
    audience: Audience,
    now: OffsetDateTime,
) -> Result<Option<CategoryId>> {
    let new = NewCategory { slug, name };
    let Some(id) = founding::category(db, &new).await? else { return Ok(None) };
    rights::open_category(db, id, audience).await?;
    let after = json!({ "name": name, "audience": audience });
    let change = Change {
        act: Act::FoundCategory,
        about: About::Category(id, name),
        member: None,
        before: json!({}),
        after,
    };
    audit::record(db, actor, &change, now).await?;
    Ok(Some(id))
}

/// Calls a heading something else. Its address stays.
///
/// # Errors
/// [`Error::NotFound`] where there is none; those of the database.
pub async fn rename_category(app: &App, admin: &Admin, slug: &str, name: &str) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let category = store::running_category(&mut tx, slug).await?.ok_or(Error::NotFound)?;
    if category.name == name {
        return Ok(());
    }
    store::update_category(&mut tx, category.id, name).await?;
    let change = Change {
        act: Act::EditCategory,
        about: About::Category(category.id, name),
        member: None,
        before: json!({ "name": category.name }),
        after: json!({ "name": name }),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Opens a board after the others of its category; false where its name in addresses is taken.
///
/// # Errors
/// Those of the database.
pub async fn open(
    app: &App,
    admin: &Admin,
    slug: &str,
    edit: &BoardEdit,
    audience: Audience,
) -> Result<bool> {
    let actor = Actor::Member(admin.member().id);
    let mut tx = app.db.begin().await?;
    let opened = open_in(&mut tx, actor, (slug, edit), audience, app.now()).await?;
    tx.commit().await?;
    Ok(opened.is_some())
}

/// The same inside a given transaction.
pub(crate) async fn open_in(
    db: &mut PgConnection,
    actor: Actor,
    (slug, edit): (&str, &BoardEdit),
    audience: Audience,
    now: OffsetDateTime,
) -> Result<Option<BoardId>> {
    let new = NewBoard {
        category: edit.category,
        slug,
        name: &edit.name,
        description: &edit.description,
        style: edit.style,
        icon: &edit.icon,
        tone: edit.tone,
        audience,
    };
    let Some(id) = founding::board(db, &new).await? else { return Ok(None) };
    let mut after = edit.logged();
    after["audience"] = json!(audience);
    let change = Change {
        act: Act::FoundBoard,
        about: About::Board(id, &edit.name),
        member: None,
        before: json!({}),
        after,
    };
    audit::record(db, actor, &change, now).await?;
    Ok(Some(id))
}

/// Changes what a board is. Its address stays; in another category it has that one's rights where it has
/// none of its own.
///
/// # Errors
/// [`Error::NotFound`] where there is no such board; those of the database.
pub async fn edit(app: &App, admin: &Admin, slug: &str, edit: &BoardEdit) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    rights::lock(&mut tx).await?;
    let board = store::running(&mut tx, slug).await?.ok_or(Error::NotFound)?;
    let before = BoardEdit::from(&board).logged();
    if before == edit.logged() {
        return Ok(());
    }
    store::update(&mut tx, board.id, &edit.words()).await?;
    if board.category_id != edit.category {
        let lineage = store::lineage(&mut tx, Place::Board(board.id)).await?;
        rights::inherit(&mut tx, &lineage).await?;
    }
    let change = Change {
        act: Act::EditBoard,
        about: About::Board(board.id, &edit.name),
        member: None,
        before,
        after: edit.logged(),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    app.announce_rights().await?;
    Ok(())
}

/// Archives a board: it stays readable and takes no more posts.
///
/// # Errors
/// As [`edit`].
pub async fn archive(app: &App, admin: &Admin, slug: &str) -> Result<()> {
    set_archived(app, admin, slug, true).await
}

/// Opens an archived board again.
///
/// # Errors
/// As [`edit`].
pub async fn reopen(app: &App, admin: &Admin, slug: &str) -> Result<()> {
    set_archived(app, admin, slug, false).await
}

async fn set_archived(app: &App, admin: &Admin, slug: &str, archived: bool) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    rights::lock(&mut tx).await?;
    let board = store::running(&mut tx, slug).await?.ok_or(Error::NotFound)?;
    if board.archived_at.is_some() == archived {
        return Ok(());
    }
    store::archive(&mut tx, board.id, archived.then_some(now)).await?;
    let change = Change {
        act: if archived { Act::ArchiveBoard } else { Act::ReopenBoard },
        about: About::Board(board.id, &board.name),
        member: None,
        before: json!({ "archived": !archived }),
        after: json!({ "archived": archived }),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(())
}
