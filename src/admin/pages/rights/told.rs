//! What somebody may do on a board, and why.

use super::{Matrix, Spot, level_words};
use crate::{
    access::{
        Right, Subject,
        explain::reasons,
        store::{self, Set},
    },
    admin::views::{self, Person},
    error::Result,
    kit::{BoardId, GroupId},
    members::Role,
    web::Shell,
};
use sqlx::PgConnection;

/// The answer.
pub(in crate::admin) enum Explained {
    /// Nobody has the handle.
    Nobody,
    Somebody {
        person: Box<Person>,
        lines: Vec<Line>,
    },
}

/// One right.
pub(in crate::admin) struct Line {
    pub(super) right: String,
    pub(super) yes: bool,
    pub(super) because: Vec<String>,
}

/// Yes and no come from where every page asks; the reasons from the rules.
pub(super) async fn explain(
    db: &mut PgConnection,
    shell: &Shell,
    spot: &Spot,
    board: BoardId,
    matrix: &Matrix,
    handle: &str,
) -> Result<Explained> {
    let Some(person) = views::person(db, handle).await? else { return Ok(Explained::Nobody) };
    let rule = store::effective(db, Some(person.id.0), board).await?;
    let subjects = subjects(&person);
    let line = |right: Right| {
        let given = rule.is_some_and(|rule| right.given_by(rule));
        let archived = spot.archived && right.ends_with_the_board();
        let because = match (given, archived) {
            (_, true) => vec![shell.t("admin-why-archived")],
            (false, _) => vec![shell.t("admin-why-none")],
            (true, false) => {
                let mut sets = reasons(&matrix.rules, &subjects, right);
                // As the rows stand on the page.
                sets.sort_by_key(|set| {
                    matrix.rows.iter().position(|row| row.subject == set.subject)
                });
                sets.into_iter().map(|set| reason(shell, matrix, set)).collect()
            }
        };
        Line { right: shell.t(right_words(right)), yes: given && !archived, because }
    };
    let lines = Right::ALL.into_iter().map(line).collect();
    Ok(Explained::Somebody { person: Box::new(person), lines })
}

fn subjects(person: &Person) -> Vec<Subject> {
    let roles = [Role::Guest, Role::Member].into_iter().chain(person.roles.iter().copied());
    let groups = person.groups.iter().map(|id| Subject::Group(GroupId(*id)));
    roles.map(Subject::Role).chain(groups).chain([Subject::Member(person.id)]).collect()
}

fn reason(shell: &Shell, matrix: &Matrix, set: &Set) -> String {
    if set.subject == Subject::Role(Role::Admin) {
        return shell.t("admin-why-admin");
    }
    let row = matrix.rows.iter().find(|row| row.subject == set.subject);
    let who = match set.subject {
        Subject::Role(role) => shell.t(super::super::person::role_words(role)),
        _ => row.map(|row| row.name.clone()).unwrap_or_default(),
    };
    let level = shell.t(level_words(set.rule.level));
    let from = set.from.and_then(|from| matrix.categories.iter().find(|(id, _)| *id == from.0));
    let args = |key: &str, from: &str| {
        let args = [("who", who.into()), ("level", level.into()), ("category", from.into())];
        shell.language.text_with(key, &args)
    };
    match from {
        Some((_, category)) => args("admin-why-inherited", category),
        None => args("admin-why-own", ""),
    }
}

fn right_words(right: Right) -> &'static str {
    match right {
        Right::Level(level) => level_words(Some(level)),
        Right::Upload => "right-upload",
    }
}
