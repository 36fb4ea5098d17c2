//! What came of an import, table by table, and the proof that nobody's thanks were lost.

use super::dump::{Notes, ScoreCheck, Table};
use std::{collections::BTreeMap, fmt};

/// The closing report of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub tables: BTreeMap<Table, Tally>,
    /// The votes of the dump held against its scores.
    pub score: ScoreCheck,
    /// The kudos here held against the votes of the dump.
    pub kudos: KudosCheck,
    /// Accepted answers that the dump names and that are stored, before or now.
    pub accepted: u64,
    pub solutions: u64,
    /// Members made now for authors whose accounts were gone.
    pub made_from_names: u64,
    /// Texts that could not be drawn and are shown letter by letter.
    pub shown_as_typed: u64,
    /// Rows written now, of whatever kind.
    pub changes: u64,
}

/// What came of one table. Every row read is stored, already there, or skipped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub read: u64,
    pub stored: u64,
    pub already: u64,
    pub skipped: BTreeMap<String, u64>,
    pub notes: Vec<String>,
}

/// Whether every post shows as many kudos as it had up-votes, those given here since left aside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KudosCheck {
    pub posts: u64,
    pub equal: u64,
    pub kudos: i64,
    pub up_votes: i64,
    /// The post's id there, its kudos here, its up-votes there.
    pub mismatches: Vec<(i64, i64, i64)>,
}

impl KudosCheck {
    /// Whether every post is proved.
    pub fn holds(&self) -> bool {
        self.equal == self.posts && self.kudos == self.up_votes
    }
}

impl Tally {
    pub(super) fn skip(&mut self, reason: impl Into<String>) {
        self.skip_many(reason, 1);
    }

    pub(super) fn skip_many(&mut self, reason: impl Into<String>, count: u64) {
        if count > 0 {
            *self.skipped.entry(reason.into()).or_default() += count;
        }
    }

    pub(super) fn note(&mut self, notes: &Notes) {
        self.notes.extend(notes.oddities());
    }

    /// How many were skipped for whatever reason.
    pub fn skipped_in_all(&self) -> u64 {
        self.skipped.values().sum()
    }
}

impl Report {
    pub(super) fn of(&mut self, table: Table) -> &mut Tally {
        self.tables.entry(table).or_default()
    }

    /// Whether every row is accounted for, and every post shows its up-votes.
    pub fn holds(&self) -> bool {
        let accounted =
            |tally: &Tally| tally.read == tally.stored + tally.already + tally.skipped_in_all();
        self.tables.values().all(accounted) && self.kudos.holds() && self.accepted == self.solutions
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<12}{:>10}{:>10}{:>15}{:>10}",
            "", "read", "stored", "already there", "skipped"
        )?;
        for (table, tally) in &self.tables {
            let Tally { read, stored, already, .. } = tally;
            let skipped = tally.skipped_in_all();
            writeln!(f, "{table:<12}{read:>10}{stored:>10}{already:>15}{skipped:>10}")?;
            for (reason, count) in &tally.skipped {
                writeln!(f, "  skipped {count}: {reason}")?;
            }
            for note in &tally.notes {
                writeln!(f, "  {note}")?;
            }
        }
        writeln!(f)?;
        self.proof(f)?;
        if self.made_from_names > 0 {
            writeln!(
                f,
                "{} members stand for authors whose accounts were gone.",
                self.made_from_names
            )?;
        }
        if self.shown_as_typed > 0 {
            writeln!(
                f,
                "{} texts were too intricate to draw and are shown as typed.",
                self.shown_as_typed
            )?;
        }
        writeln!(f, "{} changes", self.changes)
    }
}

impl Report {
    fn proof(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let KudosCheck { posts, equal, kudos, up_votes, mismatches } = &self.kudos;
        write!(f, "{}", self.score)?;
        writeln!(
            f,
            "Kudos equal the up-votes of {equal} of {posts} posts stored: {kudos} kudos, {up_votes} up-votes."
        )?;
        for (post, shown, up) in mismatches {
            writeln!(f, "  post {post}: {shown} kudos, but {up} up-votes")?;
        }
        writeln!(f, "{} of {} accepted answers are solutions.", self.solutions, self.accepted)
    }
}
