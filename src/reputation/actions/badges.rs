use crate::{
    access::{Admin, Staff},
    app::App,
    audit::{self, About, Act, Change},
    error::{Error, Result},
    kit::MemberId,
    members,
    outbox::Actor,
    reputation::{
        badges::{self, Badge, grants, store},
        ledger,
    },
};
use serde_json::{Value, json};
use sqlx::PgConnection;

/// What a badge is to be, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeEdit {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub about: String,
    /// The set it belongs to; a new one where there is none of this name.
    pub set: String,
    /// A name in the icon sprite.
    pub icon: String,
    /// From 1 to 3.
    pub level: i16,
    /// What it takes; none where it is given by hand.
    pub formula: Option<String>,
    /// Whoever no longer meets the formula loses it.
    pub lapses: bool,
}

impl BadgeEdit {
    fn apply(&self, badge: &mut Badge) {
        badge.name.clone_from(&self.name);
        badge.about.clone_from(&self.about);
        badge.set.clone_from(&self.set);
        badge.icon.clone_from(&self.icon);
        badge.level = self.level;
        badge.formula.clone_from(&self.formula);
        badge.lapses = self.lapses;
    }
}

fn logged(badge: &Badge) -> Value {
    json!({
        "name": badge.name,
        "description": badge.about,
        "set": badge.set,
        "icon": badge.icon,
        "level": badge.level,
        "formula": badge.formula,
        "lapses": badge.lapses,
    })
}

/// Adds a badge; `false` where its name in addresses is taken. Whoever has earned it already is given it within
/// minutes.
///
/// # Errors
/// Those of the database.
pub async fn add_badge(app: &App, admin: &Admin, slug: &str, edit: &BadgeEdit) -> Result<bool> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut badge = Badge {
        id: 0,
        set: String::new(),
        slug: slug.to_owned(),
        name: String::new(),
        about: String::new(),
        icon: String::new(),
        level: 1,
        formula: None,
        lapses: false,
        retired_at: None,
        holders: 0,
    };
    edit.apply(&mut badge);
    let Some(id) = store::edited::insert(&mut tx, &badge).await? else { return Ok(false) };
    badge.id = id;
    if badge.formula.is_some() {
        store::grants::begin(&mut tx, id, now).await?;
    }
    note(app, admin, &mut tx, Act::AddBadge, (&badge, json!({}), logged(&badge))).await?;
    tx.commit().await?;
    Ok(true)
}

/// Changes a badge. Who holds it keeps it, unless it lapses; where the formula is another one, whoever has earned
/// it already is given it within minutes.
///
/// # Errors
/// [`Error::NotFound`] where there is no such badge; those of the database.
pub async fn change_badge(app: &App, admin: &Admin, slug: &str, edit: &BadgeEdit) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let before = held(&mut tx, slug).await?;
    let mut after = before.clone();
    edit.apply(&mut after);
    if before == after {
        return Ok(());
    }
    store::edited::update(&mut tx, &after).await?;
    if after.formula.is_some() && (before.formula != after.formula || before.lapses != after.lapses)
    {
        store::grants::begin(&mut tx, after.id, app.now()).await?;
    }
    note(app, admin, &mut tx, Act::EditBadge, (&after, logged(&before), logged(&after))).await?;
    tx.commit().await?;
    Ok(())
}

/// Has nobody be given a badge any more. Who holds it keeps it.
///
/// # Errors
/// As [`change_badge`].
pub async fn retire_badge(app: &App, admin: &Admin, slug: &str) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let badge = held(&mut tx, slug).await?;
    store::edited::retire(&mut tx, badge.id, app.now()).await?;
    note(app, admin, &mut tx, Act::RetireBadge, (&badge, logged(&badge), json!({}))).await?;
    tx.commit().await?;
    Ok(())
}

/// How giving a badge by hand ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reputation) enum Granted {
    Done,
    /// Nobody has the handle.
    Nobody,
    /// They hold it already.
    Held,
}

/// Gives a badge by hand and keeps why.
///
/// # Errors
/// [`Error::NotFound`] where there is no such badge, or it is retired; those of the database.
pub(in crate::reputation) async fn grant_badge(
    app: &App,
    staff: &Staff,
    slug: &str,
    handle: &str,
    reason: &str,
) -> Result<Granted> {
    let mut tx = app.db.begin().await?;
    let badge = held(&mut tx, slug).await?;
    let member = members::by_handle(&mut tx, handle).await?;
    let Some(member) = member else { return Ok(Granted::Nobody) };
    ledger::hold(&mut tx, &[member]).await?;
    let actor = Actor::Member(staff.member().id);
    if badges::award(&mut tx, &[(member.0, badge.id)], reason, actor, app.now()).await? == 0 {
        return Ok(Granted::Held);
    }
    by_hand(app, staff, &mut tx, Act::GrantBadge, (&badge, member)).await?;
    tx.commit().await?;
    Ok(Granted::Done)
}

/// Takes a badge by hand and keeps why: no formula gives it again.
///
/// # Errors
/// [`Error::NotFound`] where there is no such award, or it is over; those of the database.
pub(in crate::reputation) async fn revoke_badge(
    app: &App,
    staff: &Staff,
    slug: &str,
    award: i64,
    reason: &str,
) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let badge = store::by_slug(&mut tx, slug).await?.ok_or(Error::NotFound)?;
    let member = store::edited::holder(&mut tx, badge.id, award).await?.ok_or(Error::NotFound)?;
    ledger::hold(&mut tx, &[member]).await?;
    let actor = Actor::Member(staff.member().id);
    if !badges::revoke(&mut tx, (member, badge.id), reason, actor, app.now()).await? {
        return Err(Error::NotFound);
    }
    by_hand(app, staff, &mut tx, Act::RevokeBadge, (&badge, member)).await?;
    tx.commit().await?;
    Ok(())
}

/// The badge that is still given, held.
async fn held(db: &mut PgConnection, slug: &str) -> Result<Badge> {
    store::edited::hold(db, slug).await?;
    let badge = store::by_slug(db, slug).await?;
    badge.filter(|badge| badge.retired_at.is_none()).ok_or(Error::NotFound)
}

/// Logs what was given or taken by hand. Why, stands with the award alone, from where it goes when the account is
/// erased; nothing ever goes from the log.
async fn by_hand(
    app: &App,
    staff: &Staff,
    db: &mut PgConnection,
    act: Act,
    (badge, member): (&Badge, MemberId),
) -> Result<()> {
    let about = About::Badge(badge.id, &badge.name);
    let change = Change { act, about, member: Some(member), before: json!({}), after: json!({}) };
    audit::record(db, Actor::Member(staff.member().id), &change, app.now()).await?;
    Ok(())
}

async fn note(
    app: &App,
    admin: &Admin,
    db: &mut PgConnection,
    act: Act,
    (badge, before, after): (&Badge, Value, Value),
) -> Result<()> {
    let about = About::Badge(badge.id, &badge.name);
    let change = Change { act, about, member: None, before, after };
    audit::record(db, Actor::Member(admin.member().id), &change, app.now()).await?;
    Ok(())
}

/// How far everybody was looked at for a badge.
///
/// # Errors
/// Those of the database.
pub async fn badge_progress(db: &mut PgConnection, badge: &Badge) -> Result<Option<(i64, i64)>> {
    let grant = store::grants::latest(db, badge.id).await?;
    Ok(grant.as_ref().map(|grant: &grants::Grant| (grant.percent(), grant.given)))
}
