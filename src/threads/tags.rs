//! Words that threads are found by. A tag has one name by which it is known, and *synonyms*: whoever types one,
//! or asks for its address, means the tag. A tag that becomes a synonym gives its threads and followers to the other
//! bit by bit, by a chore; its row stands until then and is found by nobody. A *restricted* tag is given by staff
//! and moderators alone, and by what an import brings. Members who *follow* a tag are told of new threads with it.

pub(crate) mod store;

use crate::{
    access::Level,
    error::{Error, Result},
    kit::{Cursor, Message, Problems, ThreadId, slug},
    members::Member,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// Most tags of one thread.
pub(crate) const MOST: usize = 5;
/// Longest tag, in characters.
const LONGEST: usize = 30;
/// Tags on one page.
pub(crate) const PAGE: usize = 50;
/// A count this old is made anew.
const STALE: Duration = Duration::DAY;
/// So many tags are counted at once: each may have many threads.
pub(crate) const COUNTED_AT_ONCE: i64 = 200;
/// How often the tags behind some names are looked up, should they come and go at the same time.
const TRIES: usize = 4;

pub(crate) use store::{count_seen, ids_of, most_used, restricted, threads_of};

/// A tag.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// What it means; may be empty.
    pub(crate) description: String,
    /// Only staff and moderators give it.
    pub(crate) restricted: bool,
}

/// A tag in the list of all that a viewer may see.
pub(crate) struct TagLine {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) restricted: bool,
    /// How many threads have it that everybody may see, for the order.
    pub(crate) public_threads: i32,
    /// Threads that the viewer may see, as far as 100.
    pub(crate) seen: i64,
}

/// A tag in the list of those who run the community.
pub(crate) struct RunTag {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) restricted: bool,
    pub(crate) threads: i32,
    /// The first of its other names.
    pub(crate) synonyms: Vec<String>,
}

/// Another name of a tag.
pub(crate) struct Synonym {
    pub(crate) name: String,
    /// Threads that are still to be carried over from a tag that bore it, as far as 10,000; none where that is
    /// over.
    pub(crate) left: Option<i64>,
}

/// A synonym whose former tag gives what it has to another.
pub(crate) struct Carrying {
    name: String,
    to: i64,
    to_name: String,
}

impl TagLine {
    /// Its address.
    pub(crate) fn url(&self) -> String {
        tag_url(&self.name)
    }

    /// Its place in the list.
    pub(crate) fn cursor(&self) -> Cursor {
        Cursor { key: self.public_threads.into(), id: self.id }
    }
}

impl RunTag {
    /// Its place in the list.
    pub(crate) fn cursor(&self) -> Cursor {
        Cursor { key: self.threads.into(), id: self.id }
    }
}

/// Where the threads with a tag are listed.
pub(crate) fn tag_url(name: &str) -> String {
    format!("/tags/{name}")
}

/// The name of a tag in what somebody typed; `None` where it has no letter that an address can hold, or is too
/// long.
pub(crate) fn name_in(word: &str) -> Option<String> {
    let name = slug(word.trim().trim_start_matches('#'));
    (!name.is_empty() && name.len() <= LONGEST).then_some(name)
}

/// The tags in what somebody typed: words between commas or spaces, each once. `None` where one of
/// them has no letter that an address can hold, or is too long.
pub(crate) fn read(text: &str) -> Option<Vec<String>> {
    let mut tags: Vec<String> = Vec::new();
    let words = text.split([',', ' ', '\n']).map(str::trim).filter(|word| !word.is_empty());
    for word in words.filter(|word| !word.trim_start_matches('#').is_empty()) {
        let tag = name_in(word)?;
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Some(tags)
}

/// Judges the tags in what somebody typed; what is wrong stands beside `tags`.
pub(crate) fn check(text: &str, problems: &mut Problems) -> Vec<String> {
    let tags = read(text);
    match &tags {
        None => problems.add("tags", "thread-tags-invalid"),
        Some(tags) if tags.len() > MOST => {
            problems.add("tags", Message::with("thread-tags-too-many", "most", MOST as i64));
        }
        Some(_) => {}
    }
    tags.unwrap_or_default()
}

/// The tag that a name in an address means, however it is written.
///
/// # Errors
/// Those of the database.
pub(crate) async fn find(db: &mut PgConnection, name: &str) -> sqlx::Result<Option<Tag>> {
    match name_in(name) {
        Some(name) => Ok(store::named(db, &[name]).await?.pop()),
        None => Ok(None),
    }
}

/// The tag that a name in an address means, for whoever may see a thread with it. For others there is none.
///
/// # Errors
/// [`Error::NotFound`]; those of the database.
pub(crate) async fn readable(
    db: &mut PgConnection,
    viewer: Option<i64>,
    name: &str,
) -> Result<Tag> {
    let tag = find(db, name).await?.ok_or(Error::NotFound)?;
    if threads_of(db, viewer, tag.id, i64::MAX, 1).await?.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(tag)
}

/// Whether this member gives and takes restricted tags on a board where they have this level.
pub(crate) fn gives_restricted(member: &Member, level: Level) -> bool {
    member.is_staff() || level >= Level::Moderate
}

/// Gives a thread the tags that these names mean, in place of those it had.
///
/// # Errors
/// Those of the database.
pub(crate) async fn set(
    db: &mut PgConnection,
    thread: ThreadId,
    names: &[String],
) -> sqlx::Result<()> {
    let mut tags = Vec::new();
    for _ in 0..TRIES {
        // Somebody may make one of them a synonym between the two statements.
        if tags.len() == names.len() {
            break;
        }
        store::add_missing(db, names).await?;
        tags = store::held(db, names).await?;
    }
    tags.dedup();
    store::replace(db, thread, &tags).await
}

/// How changing a thread's tags ends.
pub(crate) enum Retagged {
    /// They are what they were.
    Same,
    /// They are others.
    Changed,
    /// This one only staff and moderators give and take; nothing was changed.
    Restricted(String),
}

/// Gives a held thread other tags, as whoever has this level on its board may.
///
/// # Errors
/// Those of the database.
pub(crate) async fn change(
    db: &mut PgConnection,
    (member, level): (&Member, Level),
    thread: ThreadId,
    names: &[String],
) -> sqlx::Result<Retagged> {
    let had = store::of(db, thread).await?;
    let wanted = store::named(db, names).await?;
    let known = ids_of(db, names).await?;
    let given = || wanted.iter().filter(|tag| had.iter().all(|had| had.id != tag.id));
    let taken = || had.iter().filter(|tag| wanted.iter().all(|wanted| wanted.id != tag.id));
    if known.len() == names.len() && given().chain(taken()).next().is_none() {
        return Ok(Retagged::Same);
    }
    if !gives_restricted(member, level) {
        // As it was typed: what a synonym means may be hidden from whoever typed it.
        let given = names
            .iter()
            .find(|name| given().any(|tag| tag.restricted && known.get(*name) == Some(&tag.id)));
        let taken = taken().find(|tag| tag.restricted).map(|tag| &tag.name);
        if let Some(tag) = given.or(taken) {
            return Ok(Retagged::Restricted(tag.clone()));
        }
    }
    set(db, thread, names).await?;
    Ok(Retagged::Changed)
}

/// Chore: gives threads and followers of tags whose names became synonyms to the tags that these mean, at most so
/// many. Holds both tags for as long, so that who would give one of them waits and then finds the other.
///
/// # Errors
/// Those of the database.
pub(crate) async fn carry(db: &mut PgConnection, most: i64) -> sqlx::Result<u64> {
    let mut carried = 0;
    while carried < most {
        let Some(due) = store::carry::due(db).await? else { break };
        let held = store::run::hold(db, &[due.name.clone(), due.to_name.clone()]).await?;
        if store::run::meant_by(db, &due.name).await? != Some(due.to)
            || !held.iter().any(|tag| tag.id == due.to)
        {
            // An administrator was faster; the next round finds how things stand.
            break;
        }
        let room = most - carried;
        let mut moved = 0;
        if let Some(from) = held.iter().find(|tag| tag.name == due.name) {
            moved = store::carry::followers(db, from.id, due.to, room).await?;
            moved += store::carry::threads(db, from.id, due.to, room - moved).await?;
            if moved < room {
                store::carry::end(db, from.id, due.to).await?;
            }
        }
        if moved < room {
            store::carry::done(db, &due.name).await?;
        }
        // One for the synonym, so that many with nothing to carry are some rounds as well.
        carried += moved + 1;
    }
    Ok(carried.min(most).unsigned_abs())
}

/// Chore: counts what was never counted, and what was counted long ago.
///
/// # Errors
/// Those of the database.
pub(crate) async fn count(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    store::run::count(db, now, now - STALE, most).await
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn tags_are_read_from_words_and_commas() {
        assert_eq!(
            read("#Wi-Fi, firmware  wi-fi"),
            Some(vec!["wi-fi".to_owned(), "firmware".to_owned()])
        );
        assert_eq!(read(""), Some(vec![]));
        assert_eq!(read("温度"), None);
    }
}
