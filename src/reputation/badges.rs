//! Badges: what members may be proud of, for themselves and in sets with levels.
//!
//! An automatic badge says what it takes in the language of formulas, and is given in the settling in which ranks
//! are, so with the deed that earns it; one that counts days or people, by the sweep of the next night. It stays once earned, unless it is one that lapses. Others are given by
//! staff, who say why. What staff took by hand no formula gives again. Every award is a row that is revoked once
//! and never goes.
//!
//! The badge beside a name is kept with the account, so that no page asks for it.

pub(crate) mod grants;
pub(crate) mod shown;
pub(crate) mod store;

use super::{
    facts::Subject,
    formula::{Formula, Lean},
    ladder::Ladder,
};
use crate::{
    kit::MemberId,
    outbox::{self, Actor, Event},
};
use sqlx::PgConnection;
use std::collections::HashSet;
use time::OffsetDateTime;

/// The most a level can be.
pub(crate) const HIGHEST: i16 = 3;

/// Something to be proud of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// Its id.
    pub id: i64,
    /// The set it belongs to.
    pub set: String,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub about: String,
    /// A name in the icon sprite.
    pub icon: String,
    /// From 1 to 3.
    pub level: i16,
    /// What it takes; none where it is given by hand.
    pub formula: Option<String>,
    /// Whoever no longer meets the formula loses it.
    pub lapses: bool,
    /// From when on nobody is given it any more.
    pub retired_at: Option<OffsetDateTime>,
    /// How many hold it.
    pub holders: i64,
}

impl Badge {
    /// Where everybody reads of it.
    pub fn url(&self) -> String {
        badge_url(&self.slug)
    }

    /// Where administrators change it.
    pub fn admin_url(&self) -> String {
        format!("/admin/badges/{}", self.slug)
    }
}

/// Where a badge stands.
pub(crate) fn badge_url(slug: &str) -> String {
    format!("/badges/{slug}")
}

/// How loudly members are told of what they are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    /// One line each.
    Told,
    /// Not at all: they came to it long ago.
    Untold,
}

/// The automatic badges, ready to be judged.
pub(super) struct Rules {
    badges: Vec<Rule>,
}

/// A badge's row, as it is judged.
pub(super) struct RuleRow {
    pub(super) id: i64,
    pub(super) formula: String,
    pub(super) lapses: bool,
}

struct Rule {
    badge: i64,
    formula: Formula,
    lapses: bool,
}

impl Rules {
    /// Of this badge alone, or of all.
    pub(super) async fn load(db: &mut PgConnection, badge: Option<i64>) -> sqlx::Result<Self> {
        let readable = |row: RuleRow| match Formula::parse(&row.formula) {
            Ok(formula) => Some(Rule { badge: row.id, formula, lapses: row.lapses }),
            Err(_) => {
                tracing::warn!(badge.id = row.id, "the formula of a badge cannot be read");
                None
            }
        };
        let rows = store::rules(db, badge).await?;
        Ok(Self { badges: rows.into_iter().filter_map(readable).collect() })
    }

    /// Those that a deed can afford to look at; the others are for the sweep.
    pub(super) fn at_once(mut self) -> Self {
        self.badges.retain(|rule| !rule.formula.counts_history());
        self
    }

    /// Whether something besides a deed can give or take one.
    pub(super) fn slides(&self) -> bool {
        self.badges.iter().any(|rule| rule.formula.slides() || rule.formula.counts_history())
    }

    /// Has what they ask answered with what the ladder asks.
    pub(super) fn ask(&self, ladder: &mut Ladder) {
        self.badges.iter().for_each(|rule| ladder.ask(&rule.formula));
    }
}

/// Gives these members what they have earned and takes what lapsed; returns how many awards there were. The caller
/// holds them.
pub(super) async fn settle(
    db: &mut PgConnection,
    rules: &Rules,
    ladder: &Ladder,
    subjects: &[Subject],
    telling: Telling,
    now: OffsetDateTime,
) -> sqlx::Result<usize> {
    if rules.badges.is_empty() || subjects.is_empty() {
        return Ok(0);
    }
    let ids: Vec<i64> = subjects.iter().map(|subject| subject.member.0).collect();
    let (mut held, mut barred) = (HashSet::new(), HashSet::new());
    for had in store::had(db, &ids).await? {
        let pair = (had.member_id, had.badge_id);
        if had.held {
            held.insert(pair)
        } else {
            barred.insert(pair)
        };
    }
    let (mut earned, mut lapsed) = (Vec::new(), Vec::new());
    for subject in subjects {
        let facts = ladder.facts(subject);
        for rule in &rules.badges {
            let pair = (subject.member.0, rule.badge);
            if held.contains(&pair) {
                if rule.lapses && !rule.formula.holds(&facts, Lean::Kind) {
                    lapsed.push(pair);
                }
            } else if !barred.contains(&pair) && rule.formula.holds(&facts, Lean::Strict) {
                earned.push(pair);
            }
        }
    }
    let actor = match telling {
        Telling::Told => Actor::System("reputation"),
        Telling::Untold => Actor::IMPORT,
    };
    let given = award(db, &earned, "", actor, now).await?;
    for (member, badge) in &lapsed {
        revoke(db, (MemberId(*member), *badge), "", actor, now).await?;
    }
    Ok(given)
}

/// Gives badges to members, `(member, badge)`, by somebody who says why or by themselves; returns how many they
/// had not. The caller
/// holds them.
pub(super) async fn award(
    db: &mut PgConnection,
    earned: &[(i64, i64)],
    reason: &str,
    actor: Actor,
    now: OffsetDateTime,
) -> sqlx::Result<usize> {
    if earned.is_empty() {
        return Ok(0);
    }
    let (members, badges): (Vec<i64>, Vec<i64>) = earned.iter().copied().unzip();
    let given = store::insert(db, &members, &badges, actor.member(), reason, now).await?;
    store::settle_shown(db, &members).await?;
    let awarded =
        |award: &store::Given| Event::BadgeAwarded { member: award.member_id, award: award.id };
    let events: Vec<Event> = given.iter().map(awarded).collect();
    outbox::record_all(db, actor, &events, now).await?;
    Ok(given.len())
}

/// Takes a badge from a member, by somebody or because it lapsed; false where they do not hold it. The caller holds
/// them.
pub(super) async fn revoke(
    db: &mut PgConnection,
    (member, badge): (MemberId, i64),
    because: &str,
    actor: Actor,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let Some(award) = store::revoke(db, (member, badge), actor.member(), because, now).await?
    else {
        return Ok(false);
    };
    store::settle_shown(db, &[member.0]).await?;
    let event = Event::BadgeRevoked { member, award };
    outbox::record(db, actor, &event, now).await?;
    Ok(true)
}
