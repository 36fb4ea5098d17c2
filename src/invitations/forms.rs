use super::{
    actions::{Mailing, NewInvitation},
    csv::{self, Record},
};
use crate::{
    kit::{GroupId, Message, Problems, one_line},
    members,
    settings::Settings,
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use time::Duration;

const LONGEST_NOTE: usize = 200;
const MOST_USES: i32 = 10_000;
const MOST_DAYS: i64 = 365;
/// People in one list.
const MOST_ROWS: usize = 500;
/// Lines that are told of at once.
const MOST_TOLD: usize = 50;

/// A group, as forms know it: its id, its name in addresses, and what it is called.
pub type Choice = (GroupId, String, String);

/// What an administrator says of a link to be handed on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationForm {
    /// How many may join by it.
    pub uses: String,
    /// For how many days.
    pub days: String,
    /// For the eyes of administrators.
    #[serde(default)]
    pub note: String,
    /// Ids of groups.
    #[serde(default, rename = "group")]
    pub groups: Vec<String>,
    /// What is wrong.
    #[serde(skip)]
    pub problems: Problems,
}

impl Default for InvitationForm {
    fn default() -> Self {
        Self {
            uses: "1".to_owned(),
            days: "14".to_owned(),
            note: String::new(),
            groups: Vec::new(),
            problems: Problems::default(),
        }
    }
}

impl InvitationForm {
    /// What may be acted on.
    pub fn check(&mut self, known: &[Choice]) -> Option<NewInvitation> {
        let uses = self.uses.trim().parse().ok().filter(|uses| (1..=MOST_USES).contains(uses));
        if uses.is_none() {
            let message = Message::with("invitation-uses-wrong", "most", MOST_USES);
            self.problems.add("uses", message);
        }
        let lasts = days(&self.days, &mut self.problems);
        check_note(&mut self.note, &mut self.problems);
        let groups = chosen(&self.groups, known);
        let (uses_most, lasts) = (uses?, lasts?);
        self.problems.none().then(|| NewInvitation {
            uses_most,
            lasts,
            note: self.note.clone(),
            groups,
        })
    }

    /// Whether this group is ticked.
    pub fn has(&self, group: &GroupId) -> bool {
        self.groups.contains(&group.to_string())
    }
}

/// What an administrator says of people to be invited by mail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailingForm {
    /// Who, a line each.
    #[serde(default)]
    pub list: String,
    /// For how many days.
    pub days: String,
    /// For the eyes of administrators.
    #[serde(default)]
    pub note: String,
    /// Ids of groups that all of them come into.
    #[serde(default, rename = "group")]
    pub groups: Vec<String>,
    /// What is wrong.
    #[serde(skip)]
    pub problems: Problems,
    /// What is wrong with which line.
    #[serde(skip)]
    pub lines: Vec<(usize, Message)>,
    /// Lines with something wrong that are not told of.
    #[serde(skip)]
    pub untold: i64,
}

impl Default for MailingForm {
    fn default() -> Self {
        Self {
            list: String::new(),
            days: "30".to_owned(),
            note: String::new(),
            groups: Vec::new(),
            problems: Problems::default(),
            lines: Vec::new(),
            untold: 0,
        }
    }
}

/// Somebody in a list.
struct Row {
    email: String,
    name: String,
    groups: BTreeSet<i64>,
}

impl MailingForm {
    /// Whether this group is ticked.
    pub fn has(&self, group: &GroupId) -> bool {
        self.groups.contains(&group.to_string())
    }

    /// Puts what a file holds behind what was typed, so that it can be put right in the page.
    pub fn add_file(&mut self, bytes: &[u8]) {
        let Ok(text) = std::str::from_utf8(bytes) else {
            self.problems.add("file", "invitations-file-unreadable");
            return;
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if !self.list.is_empty() && !self.list.ends_with('\n') {
            self.list.push('\n');
        }
        self.list.push_str(text);
    }

    /// What may be acted on: all of the list, or nothing.
    pub fn check(&mut self, known: &[Choice], settings: &Settings) -> Option<Mailing> {
        self.list = self.list.replace("\r\n", "\n").replace('\0', "");
        let lasts = days(&self.days, &mut self.problems);
        check_note(&mut self.note, &mut self.problems);
        let rows = self.rows(known, settings);
        if rows.is_empty() && self.lines.is_empty() {
            self.problems.add("list", "invitations-list-empty");
        } else if rows.len() + self.lines.len() > MOST_ROWS {
            let message = Message::with("invitations-list-too-long", "most", MOST_ROWS as i64);
            self.problems.add("list", message);
        }
        if !self.lines.is_empty() {
            let count = self.lines.len() as i64;
            self.problems.add("list", Message::with("invitations-list-wrong", "count", count));
            self.untold = (self.lines.len().saturating_sub(MOST_TOLD)) as i64;
            self.lines.truncate(MOST_TOLD);
        }
        let lasts = lasts?;
        let all: BTreeSet<i64> =
            chosen(&self.groups, known).into_iter().map(|group| group.0).collect();
        self.problems.none().then(|| Mailing {
            people: rows
                .into_iter()
                .map(|row| (row.email, row.name, row.groups.union(&all).copied().collect()))
                .collect(),
            lasts,
            note: self.note.clone(),
        })
    }

    /// The good lines; the others are noted.
    fn rows(&mut self, known: &[Choice], settings: &Settings) -> Vec<Row> {
        let mut records = csv::records(&self.list);
        let places = records.first().and_then(places_named);
        if places.is_some() {
            records.remove(0);
        }
        let places = places.unwrap_or([Some(0), Some(1), Some(2)]);
        let (mut rows, mut seen) = (Vec::new(), BTreeMap::new());
        for record in records {
            let number = record.number;
            match row(&record, places, known, settings) {
                Ok(row) => match seen.insert(row.email.to_lowercase(), number) {
                    None => rows.push(row),
                    Some(first) => {
                        let message = Message::with("invitations-line-twice", "line", first as i64);
                        self.lines.push((number, message));
                    }
                },
                Err(message) => self.lines.push((number, message)),
            }
        }
        rows
    }
}

/// Where address, name and groups stand, if the line is a heading.
fn places_named(first: &Record) -> Option<[Option<usize>; 3]> {
    let place = |names: &[&str]| {
        first.fields.iter().position(|field| names.contains(&field.to_lowercase().as_str()))
    };
    let email = place(&["email", "e-mail", "mail", "address", "email address"])?;
    Some([Some(email), place(&["name"]), place(&["groups", "group"])])
}

fn row(
    record: &Record,
    places: [Option<usize>; 3],
    known: &[Choice],
    settings: &Settings,
) -> Result<Row, Message> {
    if record.torn {
        return Err("invitations-line-torn".into());
    }
    let widest = places.iter().flatten().max().map_or(0, |widest| widest + 1);
    if record.fields.iter().skip(widest).any(|field| !field.is_empty()) {
        return Err("invitations-line-too-many".into());
    }
    let field = |place: Option<usize>| {
        place.and_then(|place| record.fields.get(place)).map(String::as_str).unwrap_or_default()
    };
    let [email, name, groups] = places.map(field);
    let name = one_line(name);
    members::check_invited(email, &name)?;
    if let Some(domain) = settings.refused_domain(email) {
        return Err(Message::with("invitations-line-domain", "domain", domain));
    }
    let named = groups.split(['|', ';', ',']).map(str::trim).filter(|group| !group.is_empty());
    let groups = named.map(|named| {
        let is = |(_, slug, name): &&Choice| slug == named || name.eq_ignore_ascii_case(named);
        let group = known.iter().find(is).map(|(id, ..)| id.0);
        group.ok_or_else(|| Message::with("invitations-line-group", "group", named))
    });
    Ok(Row { email: email.to_owned(), name, groups: groups.collect::<Result<_, _>>()? })
}

fn days(typed: &str, problems: &mut Problems) -> Option<Duration> {
    let days = typed.trim().parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
    if days.is_none() {
        problems.add("days", Message::with("invitation-days-wrong", "most", MOST_DAYS));
    }
    days.map(Duration::days)
}

fn check_note(note: &mut String, problems: &mut Problems) {
    *note = one_line(note);
    if note.chars().count() > LONGEST_NOTE {
        let message = Message::with("invitation-note-too-long", "most", LONGEST_NOTE as i64);
        problems.add("note", message);
    }
}

/// The groups that are ticked and there.
fn chosen(ticked: &[String], known: &[Choice]) -> Vec<GroupId> {
    let ids = known.iter().map(|(id, ..)| *id);
    ids.filter(|id| ticked.contains(&id.to_string())).collect()
}
