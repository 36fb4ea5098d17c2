//! The sample as it was written down: `community/**.toml`.

use crate::{access::Audience, boards::Style, moderation::Reason, threads::Pin};
use anyhow::{Context, Result, bail};
use rust_embed::RustEmbed;
use serde::{Deserialize, Deserializer, de};
use time::Duration;

#[derive(RustEmbed)]
#[folder = "src/demo/community"]
struct Files;

/// Everybody and everything.
pub(super) struct Sample {
    pub(super) members: Vec<Person>,
    pub(super) categories: Vec<Heading>,
    pub(super) texts: Vec<Text>,
    pub(super) threads: Vec<Thread>,
}

/// A text of the community: the suggestion, with its blanks filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    pub(super) name: String,
    pub(super) blanks: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: String,
    #[serde(default)]
    pub(super) about: String,
    /// How long ago.
    #[serde(deserialize_with = "duration")]
    pub(super) joined: Duration,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Heading {
    pub(super) slug: String,
    pub(super) name: String,
    #[serde(rename = "board")]
    pub(super) boards: Vec<Board>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Board {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) style: Style,
    pub(super) icon: String,
    pub(super) tone: i16,
    pub(super) audience: Audience,
}

/// A thread. Times after its start are counted from there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Thread {
    pub(super) key: String,
    pub(super) board: String,
    pub(super) title: String,
    pub(super) author: String,
    /// How long ago it was begun.
    #[serde(deserialize_with = "duration")]
    pub(super) ago: Duration,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    pub(super) body: String,
    #[serde(default)]
    pub(super) kudos: Vec<String>,
    pub(super) pinned: Option<Pin>,
    pub(super) locked: Option<Reasoned>,
    #[serde(default, rename = "reply")]
    pub(super) replies: Vec<Reply>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reply {
    pub(super) author: String,
    #[serde(deserialize_with = "duration")]
    pub(super) after: Duration,
    pub(super) reply_to: Option<i32>,
    pub(super) body: String,
    #[serde(default)]
    pub(super) kudos: Vec<String>,
    pub(super) accepted: Option<By>,
    pub(super) edited: Option<Edited>,
    pub(super) deleted: Option<After>,
    pub(super) removed: Option<Reasoned>,
    pub(super) flagged: Option<Flagged>,
}

/// What a member says is wrong.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Flagged {
    pub(super) by: String,
    #[serde(deserialize_with = "duration")]
    pub(super) after: Duration,
    pub(super) reason: Reason,
    pub(super) note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct By {
    pub(super) by: String,
    #[serde(deserialize_with = "duration")]
    pub(super) after: Duration,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct After {
    #[serde(deserialize_with = "duration")]
    pub(super) after: Duration,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Edited {
    #[serde(deserialize_with = "duration")]
    pub(super) after: Duration,
    pub(super) body: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reasoned {
    pub(super) by: String,
    #[serde(deserialize_with = "duration")]
    pub(super) after: Duration,
    pub(super) reason: String,
}

#[derive(Deserialize)]
struct Members {
    member: Vec<Person>,
}

#[derive(Deserialize)]
struct Categories {
    category: Vec<Heading>,
}

#[derive(Deserialize)]
struct Texts {
    text: Vec<Text>,
}

#[derive(Deserialize)]
struct Threads {
    thread: Vec<Thread>,
}

impl Sample {
    /// # Errors
    /// A file that is not as it should be, named.
    pub(super) fn read() -> Result<Self> {
        let mut names: Vec<_> = Files::iter().filter(|name| name.starts_with("threads/")).collect();
        // A fixed order: the number of a deed must be the same at every start.
        names.sort();
        let mut threads = Vec::new();
        for name in names {
            threads.extend(file::<Threads>(&name)?.thread);
        }
        Ok(Self {
            members: file::<Members>("members.toml")?.member,
            categories: file::<Categories>("boards.toml")?.category,
            texts: file::<Texts>("texts.toml")?.text,
            threads,
        })
    }

    /// # Errors
    /// A handle that belongs to nobody.
    pub(super) fn person(&self, handle: &str) -> Result<&Person> {
        let known = self.members.iter().find(|person| person.handle == handle);
        known.with_context(|| format!("{handle} is no member of the sample community"))
    }
}

fn file<T: de::DeserializeOwned>(name: &str) -> Result<T> {
    let file = Files::get(name).with_context(|| format!("{name} is missing"))?;
    let text = std::str::from_utf8(&file.data).with_context(|| format!("{name} is no text"))?;
    toml::from_str(text).with_context(|| format!("{name} cannot be read"))
}

fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text).map_err(de::Error::custom)
}

/// From `18d 20h` or `3h 10m`.
fn parse(text: &str) -> Result<Duration> {
    let mut sum = Duration::ZERO;
    for part in text.split_whitespace() {
        let (number, unit) =
            part.split_at(part.len() - part.chars().last().map_or(0, char::len_utf8));
        let number: i64 = number.parse().with_context(|| format!("`{text}` is no duration"))?;
        sum += match unit {
            "d" => Duration::days(number),
            "h" => Duration::hours(number),
            "m" => Duration::minutes(number),
            _ => bail!("`{text}` is no duration: write days, hours and minutes as 1d 2h 30m"),
        };
    }
    if sum <= Duration::ZERO { bail!("`{text}` is no duration") } else { Ok(sum) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read() {
        assert_eq!(parse("18d 20h").unwrap(), Duration::hours(18 * 24 + 20));
        assert_eq!(parse("50m").unwrap(), Duration::minutes(50));
        for bad in ["", "5", "5w", "d", "ü"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_sample_can_be_read_and_names_only_its_own_members() {
        let sample = Sample::read().unwrap();

        for thread in &sample.threads {
            let givers = thread.replies.iter().flat_map(|reply| &reply.kudos);
            for handle in givers.chain(&thread.kudos) {
                sample.person(handle).unwrap();
            }
            assert!(thread.replies.is_sorted_by_key(|reply| reply.after), "{}", thread.key);
        }
    }
}
