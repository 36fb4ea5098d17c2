//! Up-votes become kudos, accepting ones solutions; all others are counted and left.

use super::{
    dump::{LinkKind, Table, VoteKind, VoteRow},
    plan::{Reading, each},
    report::Report,
};
use anyhow::Result;
use std::collections::HashSet;

impl Reading<'_> {
    /// Gathers the votes that become something. `others` are the posts of other kinds.
    pub(super) fn votes(&mut self, others: &HashSet<i64>, report: &mut Report) -> Result<()> {
        let mut seen = HashSet::new();
        let mut tally = each(self.folder, self.bars, |row: VoteRow, _, tally| {
            let Some(post) = self.posts.get_mut(&row.post) else {
                tally.skip(match others.contains(&row.post) {
                    true => "on a post that is neither question nor answer",
                    false => "on a post that the dump does not have",
                });
                return Ok(());
            };
            match row.kind {
                VoteKind::Up if !seen.insert(row.id) => tally.skip("its id stands there twice"),
                VoteKind::Up => post.ups.push((row.id, row.created)),
                VoteKind::AcceptedByOriginator => {
                    post.acceptances += 1;
                    post.accepted_on = post.accepted_on.max(row.created);
                }
                kind => tally.skip(reason(kind)),
            }
            Ok(())
        })?;
        let answers = |question: i64, answer: i64| {
            self.posts.get(&answer).is_some_and(|answer| answer.parent == Some(question))
        };
        let accepted = self.posts.values().filter_map(|post| Some((post.id, post.accepted?)));
        let solutions: HashSet<i64> = accepted
            .filter(|(question, answer)| answers(*question, *answer))
            .map(|pair| pair.1)
            .collect();
        for post in self.posts.values_mut() {
            post.ups.sort_unstable_by_key(|(id, _)| *id);
            if !solutions.contains(&post.id) {
                let none = std::mem::take(&mut post.acceptances);
                tally.skip_many("of an answer that is no longer the accepted one", none);
            }
        }
        report.tables.insert(Table::Votes, tally);
        Ok(())
    }
}

fn reason(kind: VoteKind) -> &'static str {
    match kind {
        VoteKind::Down => "down-votes are not shown; the proof below counts them",
        VoteKind::Favorite => "bookmarks are not kept",
        VoteKind::BountyStart | VoteKind::BountyClose => "there are no bounties here",
        _ => "a step of moderation and no vote",
    }
}

/// What a link is, in words.
pub(super) fn link(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Linked => "a link that its text has as well",
        LinkKind::Duplicate => "a duplicate",
        LinkKind::Other(_) => "a link of another kind",
    }
}
