//! Users become members, and so do authors of whom only a name is left.

use super::{
    Import,
    dump::{Table, UserRow, html_to_markdown},
    handles, plan, text,
};
use crate::{
    error::Error,
    importers::imported::{self, Known},
    kit::MemberId,
    markup::Html,
    members::newcomer::{self, Newcomer},
    rendering::{self, Place},
    reputation,
};
use anyhow::Result;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::Duration,
};
use time::OffsetDateTime;

/// Rows that are brought in one transaction.
const AT_ONCE: usize = 200;
/// Longest name, in characters.
const LONGEST_NAME: usize = 60;
/// Whom those are called by whom nobody knows any more.
const NOBODY: &str = "Former member";

/// Who is who here.
#[derive(Debug, Default, Clone)]
pub(super) struct People {
    users: Known,
    /// By the hash of the name.
    names: Known,
}

impl People {
    /// Whether the site still knew this user.
    pub(super) fn has(&self, user: i64) -> bool {
        self.users.contains_key(&user)
    }

    /// The member an author is here: by account, else by the name that was left.
    pub(super) fn known(&self, user: Option<i64>, name: Option<&str>) -> Option<MemberId> {
        let by_account = user.and_then(|user| self.users.get(&user));
        let by_name = || name.and_then(|name| self.names.get(&hash(&name_line(name))));
        by_account.or_else(by_name).copied().map(MemberId)
    }

    /// As [`Self::known`], else the one who stands for all of whom nothing is left.
    pub(super) fn author(&self, user: Option<i64>, name: Option<&str>) -> Result<MemberId> {
        let nobody = || self.names.get(&hash("")).copied().map(MemberId);
        let author = self.known(user, name).or_else(nobody);
        author.ok_or_else(|| anyhow::anyhow!("an author was overlooked: {user:?} {name:?}"))
    }
}

#[cfg(test)]
impl People {
    pub(super) fn with_name(name: &str, member: i64) -> Self {
        Self { users: Known::new(), names: [(hash(name), member)].into() }
    }
}

/// A member about to be made.
struct Person {
    id: i64,
    handle: String,
    name: String,
    about: String,
    about_html: Html,
    joined_at: OffsetDateTime,
}

/// Brings the users, reading some while others are stored.
pub(super) async fn bring_users(import: &mut Import<'_>) -> Result<People> {
    let mut db = import.app.db.acquire().await?;
    let mut people = People {
        users: imported::of_kind(&mut db, &import.source, "user").await?,
        names: imported::of_kind(&mut db, &import.source, "name").await?,
    };
    drop(db);
    let (send, mut receive) = tokio::sync::mpsc::channel(2);
    let (folder, bars) = (import.folder.clone(), import.bars.clone());
    let mut seen = HashSet::new();
    let before = people.users.clone();
    let reading = tokio::task::spawn_blocking(move || {
        let mut rows = Vec::with_capacity(AT_ONCE);
        let tally = plan::each(&folder, &bars, |row: UserRow, _, tally| {
            if !seen.insert(row.id) {
                tally.skip("its id stands there twice");
            } else if before.contains_key(&row.id) {
                tally.already += 1;
            } else {
                tally.stored += 1;
                rows.push(row);
            }
            // Nobody receives where the import was given up.
            if rows.len() == AT_ONCE {
                send.blocking_send(std::mem::take(&mut rows))?
            }
            Ok(())
        })?;
        send.blocking_send(rows)?;
        anyhow::Ok(tally)
    });
    let mut taken = HashMap::new();
    while let Some(rows) = receive.recv().await {
        let mut persons = Vec::with_capacity(rows.len());
        for row in rows {
            persons.push(person(import, row).await?);
        }
        let came = bring(import, "user", persons, &mut taken).await?;
        people.users.extend(came);
    }
    *import.report.of(Table::Users) = reading.await??;
    Ok(people)
}

/// Brings the authors of whom only a name is left, and with the empty name the one who stands for the
/// nameless; as of when they were first heard of.
pub(super) async fn bring_names(
    import: &mut Import<'_>,
    people: &mut People,
    names: &BTreeMap<String, OffsetDateTime>,
) -> Result<()> {
    let new = names.iter().filter(|(name, _)| !people.names.contains_key(&hash(name)));
    let mut persons: Vec<Person> = new.map(|(name, at)| by_name(name, *at)).collect();
    let mut taken = HashMap::new();
    import.report.made_from_names = persons.len() as u64;
    while !persons.is_empty() {
        let later = persons.split_off(persons.len().min(AT_ONCE));
        people.names.extend(bring(import, "name", persons, &mut taken).await?);
        persons = later;
    }
    Ok(())
}

/// Gives everybody the rank their points are worth.
pub(super) async fn settle_ranks(import: &mut Import<'_>, people: &People) -> Result<()> {
    let mut members: Vec<i64> =
        people.users.values().chain(people.names.values()).copied().collect();
    members.sort_unstable();
    let now = import.app.now();
    for members in members.chunks(1_000) {
        let mut tx = import.app.db.begin().await?;
        import.report.changes += reputation::past::settle_ranks(&mut tx, members, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Names as the plan and we compare them: one line, no longer than members' names.
pub(super) fn name_line(name: &str) -> String {
    crate::kit::one_line(name).chars().take(LONGEST_NAME).collect::<String>().trim_end().to_owned()
}

async fn person(import: &mut Import<'_>, row: UserRow) -> Result<Person> {
    let name = row.name.as_deref().map(name_line).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| format!("user{}", row.id));
    let mut about = match &row.about_html {
        Some(html) => text::of_post(&html_to_markdown(html)?),
        None => String::new(),
    };
    let mut about_html = Html::default();
    if !about.is_empty() {
        let drawn = drawn(&about).await?;
        about_html = match drawn {
            Some(html) => html,
            None => {
                import.report.shown_as_typed += 1;
                about = text::fenced(&about);
                drawn_plain(&about).await?
            }
        };
    }
    Ok(Person {
        id: row.id,
        handle: handles::from_name(&name, &format!("member-{}", row.id.unsigned_abs())),
        name,
        about,
        about_html,
        joined_at: row.created,
    })
}

fn by_name(name: &str, joined_at: OffsetDateTime) -> Person {
    let name = if name.is_empty() { NOBODY } else { name };
    Person {
        id: hash(if name == NOBODY { "" } else { name }),
        handle: handles::from_name(name, "former-member"),
        name: name.to_owned(),
        about: String::new(),
        about_html: Html::default(),
        joined_at,
    }
}

async fn bring(
    import: &mut Import<'_>,
    kind: &str,
    persons: Vec<Person>,
    taken: &mut HashMap<String, u32>,
) -> Result<Vec<(i64, i64)>> {
    let mut came = Vec::with_capacity(persons.len());
    let mut tx = import.app.db.begin().await?;
    for person in persons {
        came.push((person.id, make(&mut tx, &person, taken).await?.0));
    }
    imported::keep(&mut tx, &import.source, kind, &came).await?;
    tx.commit().await?;
    import.report.changes += came.len() as u64;
    Ok(came)
}

/// `taken` remembers how far the numbers of a handle have come, to begin there for the next of that name.
async fn make(
    db: &mut PgConnection,
    person: &Person,
    taken: &mut HashMap<String, u32>,
) -> sqlx::Result<MemberId> {
    let number = taken.entry(person.handle.clone()).or_insert(0);
    loop {
        *number += 1;
        let new = Newcomer {
            handle: &handles::numbered(&person.handle, *number),
            name: &person.name,
            about: &person.about,
            about_html: &person.about_html,
        };
        if let Some(member) = newcomer::bring(db, &new, person.joined_at).await? {
            return Ok(member);
        }
    }
}

/// None where the text is too intricate.
async fn drawn(source: &str) -> Result<Option<Html>> {
    loop {
        match rendering::render(source, Place::default()).await {
            Ok(rendered) => return Ok(rendered.ok().map(|rendered| rendered.html)),
            Err(Error::Busy) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(error) => return Err(error.into()),
        }
    }
}

async fn drawn_plain(fenced: &str) -> Result<Html> {
    drawn(fenced).await?.ok_or_else(|| anyhow::anyhow!("even plain text is too intricate"))
}

/// A name as the number that `imported` wants.
fn hash(name: &str) -> i64 {
    let hash = Sha256::digest(name.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(first)
}
