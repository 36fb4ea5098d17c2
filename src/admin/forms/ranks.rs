//! What administrators say of ranks and of what deeds earn.

use super::{check_name, new_slug};
use crate::{
    kit::{Message, Problems},
    reputation::{Formula, PointTable, Rank, RankEdit, thousandths, told_thousandths},
};
use serde::Deserialize;

/// What an administrator says of a rank.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct RankForm {
    #[serde(default)]
    pub(in crate::admin) name: String,
    /// For a new rank; made of the name where empty.
    #[serde(default)]
    pub(in crate::admin) slug: String,
    /// For a new rank: the one below it.
    #[serde(default)]
    pub(in crate::admin) above: String,
    #[serde(default)]
    pub(in crate::admin) icon: String,
    #[serde(default)]
    pub(in crate::admin) tone: String,
    #[serde(default)]
    pub(in crate::admin) formula: String,
    #[serde(default)]
    pub(in crate::admin) permanent: Option<String>,
    /// What kudos weigh, as a number with a point.
    #[serde(default)]
    pub(in crate::admin) kudos_weight: String,
    #[serde(default)]
    pub(in crate::admin) accept: Option<String>,
    /// What was looked at, as [`Self::key`] says it.
    #[serde(default)]
    pub(in crate::admin) seen: String,
    /// The formula up to what is wrong with it, and a caret below that.
    #[serde(skip)]
    pub(in crate::admin) pointed: Option<(String, String)>,
    #[serde(skip)]
    pub(in crate::admin) problems: Problems,
}

impl From<&Rank> for RankForm {
    fn from(rank: &Rank) -> Self {
        Self {
            name: rank.name.clone(),
            icon: rank.icon.clone(),
            tone: rank.tone.to_string(),
            formula: rank.formula.clone(),
            permanent: rank.permanent.then(|| "on".to_owned()),
            kudos_weight: told_thousandths(rank.kudos_weight.into()),
            accept: rank.accepts.then(|| "on".to_owned()),
            ..Self::default()
        }
    }
}

impl RankForm {
    /// What the rank is to be. `boards` are those that a formula may name, `say` says what is wrong.
    pub(in crate::admin) fn check(
        &mut self,
        icons: &[&str],
        boards: &[(String, String)],
        say: impl Fn(&Message) -> String,
    ) -> Option<RankEdit> {
        check_name(&mut self.name, &mut self.problems);
        if !icons.contains(&self.icon.as_str()) {
            self.problems.add("icon", "admin-icon-unknown");
        }
        let tone = self.tone.parse().ok().filter(|tone| (1..=8).contains(tone));
        if tone.is_none() {
            self.problems.add("tone", "admin-tone-unknown");
        }
        // A line's end means nothing in a formula, and browsers send two characters for it.
        self.formula = self.formula.split_whitespace().collect::<Vec<_>>().join(" ");
        match Formula::parse(&self.formula) {
            Ok(formula) => {
                let missing = formula.boards().into_iter();
                let mut missing =
                    missing.filter(|board| !boards.iter().any(|(slug, _)| slug == board));
                if let Some(board) = missing.next() {
                    self.problems
                        .add("formula", Message::with("formula-board-unknown", "board", board));
                }
            }
            Err(wrong) => {
                let args = vec![
                    ("place", (wrong.at as i64 + 1).into()),
                    ("message", say(&wrong.message).into()),
                ];
                self.problems.add("formula", Message { key: "formula-place", args });
                self.pointed = Some((self.formula.clone(), format!("{}^", " ".repeat(wrong.at))));
            }
        }
        let weight = thousandths(self.kudos_weight.trim());
        if weight.is_none() {
            self.problems.add("kudos_weight", "admin-rank-weight-wrong");
        }
        let (tone, kudos_weight) = (tone?, weight?);
        self.problems.none().then(|| RankEdit {
            name: self.name.clone(),
            icon: self.icon.clone(),
            tone,
            formula: self.formula.clone(),
            permanent: self.permanent(),
            kudos_weight,
            accepts: self.accepts(),
        })
    }

    pub(in crate::admin) fn permanent(&self) -> bool {
        self.permanent.is_some()
    }

    pub(in crate::admin) fn accepts(&self) -> bool {
        self.accept.is_some()
    }

    /// The name in addresses of a new rank.
    pub(in crate::admin) fn new_slug(&self) -> String {
        new_slug(&self.slug, &self.name, "rank")
    }

    /// Everything that decides who moves.
    fn key(&self) -> String {
        format!("{} {} {}", self.permanent(), self.above, self.formula)
    }

    /// Whether this very change was looked at before it is made.
    pub(in crate::admin) fn was_looked_at(&self) -> bool {
        self.seen == self.key()
    }

    pub(in crate::admin) fn note_look(&mut self) {
        self.seen = self.key();
    }
}

/// What an administrator says of what deeds earn.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct PointsForm {
    #[serde(default)]
    pub(in crate::admin) solution: String,
    #[serde(default)]
    pub(in crate::admin) confirmation: String,
    #[serde(default)]
    pub(in crate::admin) kudos: String,
    #[serde(default)]
    pub(in crate::admin) reply: String,
    #[serde(default)]
    pub(in crate::admin) thread: String,
    #[serde(default)]
    pub(in crate::admin) daily_cap: String,
    #[serde(skip)]
    pub(in crate::admin) problems: Problems,
}

/// The most that a deed can be made to earn.
const MOST: i64 = 1_000;

/// The most that a day can be let bring.
const MOST_A_DAY: i64 = 100_000;

impl From<&PointTable> for PointsForm {
    fn from(table: &PointTable) -> Self {
        Self {
            solution: table.solution.to_string(),
            confirmation: table.confirmation.to_string(),
            kudos: table.kudos.to_string(),
            reply: table.reply.to_string(),
            thread: table.thread.to_string(),
            daily_cap: table.daily_cap.to_string(),
            problems: Problems::default(),
        }
    }
}

impl PointsForm {
    pub(in crate::admin) fn check(&mut self) -> Option<PointTable> {
        let problems = &mut self.problems;
        let mut number = |field: &'static str, typed: &str, most: i64| {
            let number = typed.trim().parse().ok().filter(|number| (0..=most).contains(number));
            if number.is_none() {
                problems.add(field, Message::with("admin-points-wrong", "most", most));
            }
            number
        };
        let (solution, kudos) =
            (number("solution", &self.solution, MOST), number("kudos", &self.kudos, MOST));
        let confirmation = number("confirmation", &self.confirmation, MOST);
        let (reply, thread) =
            (number("reply", &self.reply, MOST), number("thread", &self.thread, MOST));
        let daily_cap = number("daily_cap", &self.daily_cap, MOST_A_DAY);
        Some(PointTable {
            solution: solution?,
            confirmation: confirmation?,
            kudos: kudos?,
            reply: reply?,
            thread: thread?,
            daily_cap: daily_cap?,
        })
    }
}
