use crate::{
    access::{self, Admin, Capability},
    app::App,
    audit::{self, About, Act, Change},
    error::{Error, Result},
    outbox::Actor,
    reputation::{points::told_thousandths, rank::Rank, store},
};
use serde_json::{Value, json};
use sqlx::PgConnection;

/// What a rank is to be, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankEdit {
    /// Its name.
    pub name: String,
    /// A name in the icon sprite.
    pub icon: String,
    /// Its colour, from 1 to 8.
    pub tone: i16,
    /// What it takes, in the language of formulas.
    pub formula: String,
    /// Once reached it is kept.
    pub permanent: bool,
    /// What kudos of its holders weigh, in thousandths.
    pub kudos_weight: i32,
    /// Its holders, and those of higher ranks, may accept replies to others' questions.
    pub accepts: bool,
}

impl RankEdit {
    fn apply(&self, rank: &mut Rank) {
        rank.name.clone_from(&self.name);
        rank.icon.clone_from(&self.icon);
        rank.tone = self.tone;
        // The lowest is everybody's, whatever it says.
        if rank.position > 1 {
            rank.formula.clone_from(&self.formula);
        }
        rank.permanent = self.permanent;
        rank.kudos_weight = self.kudos_weight;
        rank.accepts = self.accepts;
    }
}

fn logged(rank: &Rank) -> Value {
    json!({
        "name": rank.name,
        "icon": rank.icon,
        "tone": rank.tone,
        "formula": rank.formula,
        "permanent": rank.permanent,
        "kudos_weight": told_thousandths(rank.kudos_weight.into()),
        "accept": rank.accepts,
        "position": rank.position,
    })
}

/// The ladder as it would be with this rank so, for a look before it is.
///
/// # Errors
/// [`Error::NotFound`] where there is no such rank.
pub fn changed_ladder(mut ladder: Vec<Rank>, slug: &str, edit: &RankEdit) -> Result<Vec<Rank>> {
    let rank = ladder.iter_mut().find(|rank| rank.slug == slug).ok_or(Error::NotFound)?;
    edit.apply(rank);
    Ok(ladder)
}

/// The ladder as it would be with one rank more, above the one of this name.
///
/// # Errors
/// [`Error::NotFound`] where there is no such rank.
pub fn ladder_with(
    mut ladder: Vec<Rank>,
    above: &str,
    slug: &str,
    edit: &RankEdit,
) -> Result<Vec<Rank>> {
    let below = ladder.iter().position(|rank| rank.slug == above).ok_or(Error::NotFound)?;
    let mut rank = Rank {
        id: 0,
        position: 0,
        slug: slug.to_owned(),
        name: String::new(),
        icon: String::new(),
        tone: 1,
        formula: String::new(),
        permanent: false,
        kudos_weight: 1_000,
        accepts: false,
    };
    rank.position = ladder.get(below).map_or(1, |below| below.position) + 1;
    edit.apply(&mut rank);
    ladder.insert(below + 1, rank);
    for (position, rank) in (1..).zip(&mut ladder) {
        rank.position = position;
    }
    Ok(ladder)
}

/// Changes a rank. Everybody's rank is counted anew within minutes: see [`crate::reputation`].
///
/// # Errors
/// [`Error::NotFound`] where there is no such rank; those of the database.
pub async fn change_rank(app: &App, admin: &Admin, slug: &str, edit: &RankEdit) -> Result<()> {
    let mut tx = app.db.begin().await?;
    store::ladder::hold(&mut tx).await?;
    let before = of_slug(&mut tx, slug).await?;
    let mut after = before.clone();
    edit.apply(&mut after);
    if before == after {
        return Ok(());
    }
    store::ladder::update(&mut tx, &after).await?;
    if before.accepts != after.accepts {
        settle_powers(&mut tx, &after).await?;
    }
    note(app, admin, &mut tx, Act::EditRank, (&after, logged(&before), logged(&after))).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds a rank above the one named; `false` where its name in addresses is taken.
///
/// # Errors
/// As [`change_rank`].
pub async fn add_rank(
    app: &App,
    admin: &Admin,
    above: &str,
    slug: &str,
    edit: &RankEdit,
) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    store::ladder::hold(&mut tx).await?;
    let ladder = ladder_with(store::ladder(&mut tx).await?, above, slug, edit)?;
    let new = ladder.into_iter().find(|rank| rank.id == 0);
    let Some(mut new) = new else { return Err(Error::NotFound) };
    store::ladder::make_room(&mut tx, new.position).await?;
    let Some(id) = store::ladder::insert(&mut tx, &new).await? else { return Ok(false) };
    new.id = id;
    // Nobody loses by it.
    store::ladder::set_powers(&mut tx, id, &powers(&new)).await?;
    note(app, admin, &mut tx, Act::AddRank, (&new, json!({}), logged(&new))).await?;
    tx.commit().await?;
    Ok(true)
}

/// How taking a rank away ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retired {
    /// It is gone from the ladder.
    Gone,
    /// Somebody holds it, or a group goes by it, or it is the lowest.
    Held,
}

/// Takes a rank from the ladder that nobody holds and no group goes by: nobody loses one in silence.
///
/// # Errors
/// As [`change_rank`].
pub async fn retire_rank(app: &App, admin: &Admin, slug: &str) -> Result<Retired> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    store::ladder::hold(&mut tx).await?;
    let rank = of_slug(&mut tx, slug).await?;
    // Before it moves other ranks: a deed that holds what its member may do could wait for them.
    if rank.accepts {
        settle_powers(&mut tx, &Rank { accepts: false, ..rank.clone() }).await?;
    }
    if rank.position == 1 || !store::ladder::retire(&mut tx, &rank, now).await? {
        return Ok(Retired::Held);
    }
    note(app, admin, &mut tx, Act::RetireRank, (&rank, logged(&rank), json!({}))).await?;
    tx.commit().await?;
    Ok(Retired::Gone)
}

async fn of_slug(db: &mut PgConnection, slug: &str) -> Result<Rank> {
    let ladder = store::ladder(db).await?;
    ladder.into_iter().find(|rank| rank.slug == slug).ok_or(Error::NotFound)
}

/// The names of what a rank lets its holders do.
fn powers(rank: &Rank) -> Vec<String> {
    let accept = rank.accepts.then(|| Capability::Accept.name().to_owned());
    accept.into_iter().collect()
}

/// Notes what a rank confers. Whom no rank lets do it any more may do it no more at once; whom one lets do it now
/// comes to it as everybody is counted anew.
async fn settle_powers(db: &mut PgConnection, rank: &Rank) -> sqlx::Result<()> {
    store::ladder::set_powers(db, rank.id, &powers(rank)).await?;
    if rank.accepts {
        return Ok(());
    }
    let ladder = store::ladder(db).await?;
    let least = ladder.iter().find(|rank| rank.accepts).map(|rank| rank.id);
    access::keep_capability(db, Capability::Accept, least).await
}

/// Logs it, and has everybody counted anew.
async fn note(
    app: &App,
    admin: &Admin,
    db: &mut PgConnection,
    act: Act,
    (rank, before, after): (&Rank, Value, Value),
) -> Result<()> {
    store::ladder::restart_sweep(db).await?;
    let about = About::Rank(rank.id, &rank.name);
    let change = Change { act, about, member: None, before, after };
    audit::record(db, Actor::Member(admin.member().id), &change, app.now()).await?;
    Ok(())
}
