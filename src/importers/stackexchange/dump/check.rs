//! Do the votes add up to the scores?

use super::{PostRow, Read, Table, VoteKind, VoteRow};
use std::{
    collections::{BTreeMap, HashMap},
    fmt, io,
};

/// The votes of a dump held against the `Score` of its posts.
///
/// Holds 24 bytes for each post while it counts (measured, 80 MB at the peak for a million posts),
/// because votes come in the order in which they were cast.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScoreCheck {
    pub posts: u64,
    /// Posts whose up-votes minus down-votes are their score.
    pub equal: u64,
    /// Posts without the column, about which nothing can be said.
    pub without_score: u64,
    pub mismatches: Vec<Mismatch>,
    pub votes: BTreeMap<VoteKind, u64>,
    /// Of those, the ones on posts the dump does not have: deleted before it was made.
    pub votes_on_missing_posts: BTreeMap<VoteKind, u64>,
    /// Rows that could not be read; with any, a mismatch may be theirs.
    pub skipped: BTreeMap<Table, u64>,
}

/// A post whose votes do not add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mismatch {
    pub post: i64,
    pub up: u32,
    pub down: u32,
    pub score: i64,
}

#[derive(Default)]
struct Tally {
    score: Option<i32>,
    up: u32,
    down: u32,
}

impl ScoreCheck {
    /// Reads both tables to their ends.
    pub fn of(
        posts: impl IntoIterator<Item = Read<PostRow>>,
        votes: impl IntoIterator<Item = Read<VoteRow>>,
    ) -> io::Result<Self> {
        let mut check = Self::default();
        let mut tallies = check.scores(posts)?;
        check.count(votes, &mut tallies)?;
        check.compare(tallies);
        Ok(check)
    }

    /// Whether every score is proved.
    pub fn holds(&self) -> bool {
        self.equal == self.posts && self.skipped.is_empty()
    }

    fn scores(
        &mut self,
        posts: impl IntoIterator<Item = Read<PostRow>>,
    ) -> io::Result<HashMap<i64, Tally>> {
        let mut tallies = HashMap::new();
        for post in posts {
            let Ok(post) = post? else {
                *self.skipped.entry(Table::Posts).or_default() += 1;
                continue;
            };
            let score = post.score.and_then(|score| i32::try_from(score).ok());
            tallies.insert(post.id, Tally { score, ..Tally::default() });
        }
        Ok(tallies)
    }

    fn count(
        &mut self,
        votes: impl IntoIterator<Item = Read<VoteRow>>,
        tallies: &mut HashMap<i64, Tally>,
    ) -> io::Result<()> {
        for vote in votes {
            let Ok(vote) = vote? else {
                *self.skipped.entry(Table::Votes).or_default() += 1;
                continue;
            };
            *self.votes.entry(vote.kind).or_default() += 1;
            match (tallies.get_mut(&vote.post), vote.kind) {
                (Some(tally), VoteKind::Up) => tally.up += 1,
                (Some(tally), VoteKind::Down) => tally.down += 1,
                (Some(_), _) => {}
                (None, kind) => *self.votes_on_missing_posts.entry(kind).or_default() += 1,
            }
        }
        Ok(())
    }

    fn compare(&mut self, tallies: HashMap<i64, Tally>) {
        self.posts = tallies.len() as u64;
        for (post, Tally { score, up, down }) in tallies {
            match score.map(i64::from) {
                None => self.without_score += 1,
                Some(score) if score == i64::from(up) - i64::from(down) => self.equal += 1,
                Some(score) => self.mismatches.push(Mismatch { post, up, down, score }),
            }
        }
        self.mismatches.sort_by_key(|mismatch| mismatch.post);
    }
}

impl fmt::Display for ScoreCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { equal, posts, .. } = self;
        writeln!(f, "Up-votes minus down-votes equal the score of {equal} of {posts} posts.")?;
        if self.without_score > 0 {
            writeln!(f, "{} posts have no score to compare with.", self.without_score)?;
        }
        for Mismatch { post, up, down, score } in &self.mismatches {
            let sum = i64::from(*up) - i64::from(*down);
            writeln!(f, "  post {post}: {up} up - {down} down = {sum}, but its score is {score}")?;
        }
        for (table, rows) in &self.skipped {
            writeln!(f, "{rows} rows of {table} could not be read and are not counted.")?;
        }
        for (kind, votes) in &self.votes_on_missing_posts {
            writeln!(f, "{votes} votes of kind {kind:?} are on posts the dump does not have.")?;
        }
        Ok(())
    }
}
