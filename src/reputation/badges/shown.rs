//! Badges as people read them: what each takes in words, who holds it, and where the reader stands.

use super::{Badge, store};
use crate::{
    kit::MemberId,
    members::Author,
    reputation::{
        awards::day,
        facts,
        formula::{Formula, ToldCondition, Tongue},
        ladder::Ladder,
        store as reputation,
    },
    words::Language,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A badge in words.
pub(crate) struct ToldBadge {
    pub(crate) badge: Badge,
    /// What it takes; nothing where it is given by hand.
    pub(crate) conditions: Vec<ToldCondition>,
    /// Since when the reader holds it.
    pub(crate) since: Option<OffsetDateTime>,
}

impl ToldBadge {
    /// Whether to say how far the reader has come.
    pub(crate) fn open(&self) -> bool {
        self.since.is_none() && self.conditions.iter().any(|one| one.standing.is_some())
    }
}

/// A badge that somebody holds, as their profile shows it.
pub(crate) struct Held {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) icon: String,
    pub(crate) level: i16,
    pub(crate) at: OffsetDateTime,
}

impl Held {
    pub(crate) fn url(&self) -> String {
        super::badge_url(&self.slug)
    }
}

/// Who holds a badge.
pub(crate) struct Owner {
    /// The award.
    pub(crate) id: i64,
    pub(crate) member_id: MemberId,
    pub(crate) handle: String,
    pub(crate) name: String,
    pub(crate) at: OffsetDateTime,
    pub(crate) reason: String,
    /// They chose to stand on no list.
    pub(crate) unlisted: bool,
}

impl Owner {
    pub(crate) fn author(&self) -> Author {
        Author { id: self.member_id, handle: self.handle.clone(), name: self.name.clone() }
    }
}

/// These badges in words, as `viewer` may read them, and where `member` stands on them.
///
/// # Errors
/// Those of the database.
pub(crate) async fn told(
    db: &mut PgConnection,
    viewer: Option<i64>,
    member: Option<MemberId>,
    badges: Vec<Badge>,
    language: Language,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<ToldBadge>> {
    let formulas: Vec<Option<Formula>> = badges
        .iter()
        .map(|badge| badge.formula.as_deref().and_then(|text| Formula::parse(text).ok()))
        .collect();
    let mut asked = Ladder::of(Vec::new());
    formulas.iter().flatten().for_each(|formula| asked.ask(formula));
    let boards = match asked.reads.iter().any(|read| read.board.is_some()) {
        true => reputation::facts::boards(db, viewer).await?.into_iter().collect(),
        false => Default::default(),
    };
    let tongue = Tongue { language, boards };
    let (subject, held) = match member {
        Some(member) => (
            facts::of(db, &[member], &asked.reads, &asked.deeds, day(now)).await?.pop(),
            store::shown::since(db, member).await?,
        ),
        None => (None, Vec::new()),
    };
    let facts = subject.as_ref().map(|subject| asked.facts(subject));
    let told = badges.into_iter().zip(formulas).map(|(badge, formula)| ToldBadge {
        since: held.iter().find(|(id, _)| *id == badge.id).map(|(_, at)| *at),
        conditions: formula.map_or_else(Vec::new, |formula| formula.told(&tongue, facts.as_ref())),
        badge,
    });
    Ok(told.collect())
}
