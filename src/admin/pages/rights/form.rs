use super::Spot;
use crate::{
    access::{Level, Place, Rule, Subject, store},
    admin::views,
    error::{Error, Result},
    groups,
    kit::{MemberId, Message, Problems},
    members,
};
use sqlx::PgConnection;

/// The choice to say nothing and have what is above.
pub(super) const INHERIT: &str = "inherit";
/// The choice to give nothing, whatever is above.
pub(super) const NOTHING: &str = "nothing";

/// After a row's name: whether it may upload, and what it was.
const UPLOAD: &str = ".upload";
const WAS: &str = ".was";

/// All rows of the form, and one more for a member who is not among them.
pub(in crate::admin) struct Matrix {
    pub(super) rows: Vec<Row>,
    pub(super) new_member: String,
    pub(super) new_level: String,
    pub(super) problems: Problems,
    /// Every rule that holds here, for the answer to what somebody may do.
    pub(super) rules: Vec<store::Set>,
    pub(super) categories: Vec<(i64, String)>,
}

/// One subject.
pub(in crate::admin) struct Row {
    pub(super) subject: Subject,
    /// Its name in the form.
    pub(super) key: String,
    /// What it is called, where it is no role.
    pub(super) name: String,
    pub(super) choice: String,
    pub(super) uploads: bool,
    /// What it said when the page was drawn: a row that still says so asks for nothing, so that a page
    /// from before gives back nothing that was taken since.
    pub(super) was: String,
    /// What it has from above, and the name of the category that gives it.
    pub(super) above: Option<(Rule, String)>,
}

/// The rules as they are.
pub(super) async fn load(db: &mut PgConnection, spot: &Spot) -> Result<Matrix> {
    let rules = store::rules(db, spot.place).await?;
    let groups = groups::store::names(db).await?;
    let categories = views::category_names(db).await?;
    let categories: Vec<_> = categories.into_iter().map(|(id, _, name)| (id.0, name)).collect();
    let above = above(db, spot).await?;
    let members: Vec<i64> = rules
        .iter()
        .filter_map(|set| match set.subject {
            Subject::Member(id) => Some(id.0),
            _ => None,
        })
        .collect();
    let handles = views::handles(db, &members).await?;
    let roles = Subject::ROLES
        .map(|role| (Subject::Role(role), format!("role.{}", role.name()), String::new()));
    let groups =
        groups.into_iter().map(|(id, name)| (Subject::Group(id), format!("group.{id}"), name));
    let single = handles.into_iter().map(|(id, handle)| {
        (Subject::Member(MemberId(id)), format!("member.{id}"), format!("@{handle}"))
    });
    let row = |(subject, key, name)| {
        let own = rules.iter().find(|set| set.subject == subject && set.from.is_none());
        let above = above.iter().find(|set| set.subject == subject);
        let choice = own.map_or(INHERIT, |set| set.rule.level.map_or(NOTHING, Level::name));
        let uploads = own.or(above).is_some_and(|set| set.rule.uploads);
        let called = |set: &store::Set| {
            let from = categories.iter().find(|(id, _)| Some(*id) == set.from.map(|from| from.0));
            (set.rule, from.map(|(_, name)| name.clone()).unwrap_or_default())
        };
        Row {
            subject,
            key,
            name,
            choice: choice.to_owned(),
            uploads,
            was: said(choice, uploads),
            above: above.map(called),
        }
    };
    let rows = roles.into_iter().chain(groups).chain(single).map(row).collect();
    Ok(Matrix {
        rows,
        new_member: String::new(),
        new_level: Level::Moderate.name().to_owned(),
        problems: Problems::default(),
        rules,
        categories,
    })
}

/// What the place would have if it said nothing itself: of each subject the nearest rule above.
async fn above(db: &mut PgConnection, spot: &Spot) -> Result<Vec<store::Set>> {
    let mut found: Vec<store::Set> = Vec::new();
    for category in crate::boards::store::categories_above(db, spot.place).await? {
        for set in store::rules(db, Place::Category(category)).await? {
            if !found.iter().any(|nearer| nearer.subject == set.subject) {
                found.push(store::Set { from: Some(category), ..set });
            }
        }
    }
    Ok(found)
}

impl Matrix {
    /// Takes over what was sent. A row that came along may upload where its box did too; one that did not
    /// stays as it is. One that came without what it was said nothing.
    pub(super) fn fill(&mut self, fields: Vec<(String, String)>) -> Result<()> {
        let bad = |what: &str| Error::BadRequest(format!("what is {what}?"));
        let mut seen: Vec<String> = Vec::new();
        for row in &mut self.rows {
            if fields.iter().any(|(name, _)| *name == row.key) {
                row.uploads = false;
                row.was = INHERIT.to_owned();
            }
        }
        for (name, value) in fields {
            if seen.contains(&name) {
                return Err(bad(&name));
            }
            let parts = |part| name.strip_suffix(part).map(|key| (key, part));
            let (key, part) = parts(UPLOAD).or(parts(WAS)).unwrap_or((&name, ""));
            let row = self.rows.iter_mut().find(|row| row.key == key);
            match (row, name.as_str()) {
                (Some(row), _) if part == UPLOAD && value == "yes" => row.uploads = true,
                (Some(row), _) if part == WAS => row.was = value,
                (Some(row), _) if part.is_empty() && is_choice(&value) => row.choice = value,
                (None, "member") => self.new_member = value,
                (None, "level") if is_choice(&value) => self.new_level = value,
                _ => return Err(bad(&name)),
            }
            seen.push(name);
        }
        Ok(())
    }

    /// What is asked for; nothing where the member it names is nobody.
    pub(super) async fn check(
        &mut self,
        db: &mut PgConnection,
    ) -> Result<Option<crate::access::Asked>> {
        let mut asked: crate::access::Asked = self
            .rows
            .iter()
            .filter(|row| said(&row.choice, row.uploads) != row.was)
            .map(|row| (row.subject, rule(row.subject, &row.choice, row.uploads)))
            .collect();
        self.new_member = self.new_member.trim().trim_start_matches('@').replace('\0', "");
        if !self.new_member.is_empty() {
            let Some(id) = members::by_handle(db, &self.new_member).await? else {
                let message = Message::with("handle-nobody", "handle", &self.new_member);
                self.problems.add("member", message);
                return Ok(None);
            };
            let subject = Subject::Member(id);
            asked.retain(|(other, _)| *other != subject);
            let uploads = self.new_level != Level::See.name();
            asked.push((subject, rule(subject, &self.new_level, uploads)));
        }
        Ok(Some(asked))
    }
}

/// What a row says, in one word; what it inherits is not its own.
fn said(choice: &str, uploads: bool) -> String {
    if uploads && choice != INHERIT { format!("{choice}{UPLOAD}") } else { choice.to_owned() }
}

fn is_choice(value: &str) -> bool {
    value == INHERIT || value == NOTHING || level(value).is_some()
}

fn level(name: &str) -> Option<Level> {
    Level::ALL.into_iter().find(|level| level.name() == name)
}

fn rule(subject: Subject, choice: &str, uploads: bool) -> Option<Rule> {
    match choice {
        INHERIT => None,
        NOTHING => Some(Rule::NOTHING),
        name => Some(Rule::new(subject, level(name), uploads)),
    }
}
