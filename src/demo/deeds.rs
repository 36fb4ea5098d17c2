//! From the sample to a list of what was done when.

use super::sample::{Board, Flagged, Heading, Person, Reply, Sample, Text, Thread};
use crate::threads::Pin;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

/// Something somebody did.
pub(super) struct Deed<'a> {
    pub(super) at: OffsetDateTime,
    pub(super) what: What<'a>,
}

pub(super) enum What<'a> {
    Found(&'a Heading),
    Open(&'a Heading, &'a Board),
    Join(&'a Person),
    Publish(&'a Text),
    /// Begins the thread with this number.
    Begin(usize, &'a Thread),
    Reply(usize, &'a Thread, i32, &'a Reply),
    Thank {
        thread: usize,
        position: i32,
        giver: &'a str,
    },
    Accept {
        thread: usize,
        position: i32,
        by: &'a str,
    },
    Edit {
        thread: usize,
        position: i32,
        by: &'a str,
        body: &'a str,
    },
    Delete {
        thread: usize,
        position: i32,
        by: &'a str,
    },
    Remove {
        thread: usize,
        position: i32,
        by: &'a str,
        reason: &'a str,
    },
    Flag {
        thread: usize,
        position: i32,
        flagged: &'a Flagged,
    },
    Lock {
        thread: usize,
        by: &'a str,
        reason: &'a str,
    },
    Pin {
        thread: usize,
        by: &'a str,
        to: Pin,
    },
}

/// Everything that happened up to `now`, in the order in which it did.
///
/// # Errors
/// A sample that names somebody it does not know.
pub(super) fn all(sample: &Sample, now: OffsetDateTime) -> Result<Vec<Deed<'_>>> {
    let mut deeds: Vec<Deed<'_>> = sample
        .members
        .iter()
        .map(|it| Deed { at: now - it.joined, what: What::Join(it) })
        .collect();
    let opened = deeds.iter().map(|deed| deed.at).min().context("the sample has no members")?;
    for heading in &sample.categories {
        deeds.push(Deed { at: opened, what: What::Found(heading) });
        for board in &heading.boards {
            deeds.push(Deed { at: opened, what: What::Open(heading, board) });
        }
    }
    let published = now - sample.person("ruth")?.joined + Duration::HOUR;
    for text in &sample.texts {
        deeds.push(Deed { at: published, what: What::Publish(text) });
    }
    for (number, thread) in sample.threads.iter().enumerate() {
        Story { sample, number, thread, start: now - thread.ago, now }.tell(&mut deeds)?;
    }
    // Stable: what is written first comes first where the time is the same.
    deeds.sort_by_key(|deed| deed.at);
    Ok(deeds)
}

/// One thread, from its beginning.
struct Story<'a> {
    sample: &'a Sample,
    number: usize,
    thread: &'a Thread,
    start: OffsetDateTime,
    now: OffsetDateTime,
}

impl<'a> Story<'a> {
    fn tell(&self, deeds: &mut Vec<Deed<'a>>) -> Result<()> {
        let (sample, thread, start) = (self.sample, self.thread, self.start);
        let number = self.number;
        deeds.push(Deed { at: start, what: What::Begin(number, thread) });
        self.thank(deeds, 1, start, None, &thread.kudos)?;
        if let Some(to) = thread.pinned {
            // Staff pin their own news, moderators everything else.
            let author = sample.person(&thread.author)?;
            let by = if author.role == "member" { "tomas" } else { &thread.author };
            deeds.push(Deed {
                at: start + Duration::minutes(4),
                what: What::Pin { thread: number, by, to },
            });
        }
        for (position, reply) in (2..).zip(&thread.replies) {
            let what = What::Reply(number, thread, position, reply);
            deeds.push(Deed { at: start + reply.after, what });
            self.follow_up(deeds, position, reply)?;
        }
        if let Some(locked) = &thread.locked {
            let (by, reason) = (&locked.by, &locked.reason);
            deeds.push(Deed {
                at: start + locked.after,
                what: What::Lock { thread: number, by, reason },
            });
        }
        Ok(())
    }

    /// What became of a reply.
    fn follow_up(&self, deeds: &mut Vec<Deed<'a>>, position: i32, reply: &'a Reply) -> Result<()> {
        let (thread, start) = (self.number, self.start);
        let gone = reply.removed.as_ref().map(|removed| removed.after);
        let gone = gone.or(reply.deleted.as_ref().map(|deleted| deleted.after));
        self.thank(deeds, position, start + reply.after, gone.map(|it| start + it), &reply.kudos)?;
        let mut then = |after: Duration, what| deeds.push(Deed { at: start + after, what });
        if let Some(accepted) = &reply.accepted {
            then(accepted.after, What::Accept { thread, position, by: &accepted.by });
        }
        if let Some(edited) = &reply.edited {
            let (by, body) = (&reply.author, &edited.body);
            then(edited.after, What::Edit { thread, position, by, body });
        }
        if let Some(deleted) = &reply.deleted {
            then(deleted.after, What::Delete { thread, position, by: &reply.author });
        }
        if let Some(flagged) = &reply.flagged {
            then(flagged.after, What::Flag { thread, position, flagged });
        }
        if let Some(removed) = &reply.removed {
            let (by, reason) = (&removed.by, &removed.reason);
            then(removed.after, What::Remove { thread, position, by, reason });
        }
        Ok(())
    }

    /// The sample does not say when thanks were given: within two days, while the post could be
    /// read, and after whoever gave them had joined.
    fn thank(
        &self,
        deeds: &mut Vec<Deed<'a>>,
        position: i32,
        written: OffsetDateTime,
        gone: Option<OffsetDateTime>,
        givers: &'a [String],
    ) -> Result<()> {
        for giver in givers {
            let joined = self.now - self.sample.person(giver)?.joined;
            let from = written.max(joined) + Duration::minutes(1);
            let until = (from + Duration::days(2)).min(gone.unwrap_or(self.now)).min(self.now);
            let room = (until - from).max(Duration::ZERO);
            let spread = spread(&[&self.thread.key, &position.to_string(), giver]);
            let what = What::Thank { thread: self.number, position, giver };
            // Squared, because most thanks come soon.
            deeds.push(Deed { at: from + room * (spread * spread * 0.98), what });
        }
        Ok(())
    }
}

/// A number from 0 to 1 that is always the same for the same words.
fn spread(words: &[&str]) -> f64 {
    let digest = Sha256::digest(words.join("\0").as_bytes());
    f64::from(u16::from_be_bytes([digest[0], digest[1]])) / f64::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_happens_in_order_and_before_now() {
        let sample = Sample::read().unwrap();
        let now = time::macros::datetime!(2026-03-01 12:00 UTC);

        let deeds = all(&sample, now).unwrap();

        assert!(deeds.is_sorted_by_key(|deed| deed.at));
        let late: Vec<_> = deeds.iter().filter(|deed| deed.at > now).collect();
        assert_eq!(late.len(), 0);
    }
}
