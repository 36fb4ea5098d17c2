//! Why somebody may do what they may: which rules give it.

use super::{Level, Rule, Subject, store::Set};

/// Something that may be done on a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Up to a level.
    Level(Level),
    /// Upload files.
    Upload,
}

impl Right {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [
        Self::Level(Level::See),
        Self::Level(Level::Reply),
        Self::Level(Level::Start),
        Self::Upload,
        Self::Level(Level::Moderate),
    ];

    /// Whether a rule gives it.
    pub fn given_by(self, rule: Rule) -> bool {
        match self {
            Self::Level(level) => rule.level >= Some(level),
            Self::Upload => rule.uploads && rule.level.is_some(),
        }
    }

    /// Whether it ends when a board is archived, for all but those who clear up there.
    pub fn ends_with_the_board(self) -> bool {
        !matches!(self, Self::Level(Level::See | Level::Moderate))
    }
}

/// The rules of a board that are about one of these subjects and give the right. None: they have it not.
pub(crate) fn reasons<'a>(rules: &'a [Set], subjects: &[Subject], right: Right) -> Vec<&'a Set> {
    let about = |set: &&Set| subjects.contains(&set.subject) && right.given_by(set.rule);
    rules.iter().filter(about).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        kit::{CategoryId, GroupId, MemberId},
        members::Role,
    };

    #[test]
    fn every_rule_that_gives_a_right_is_named_and_no_other() {
        let set = |subject, level, uploads, from| Set {
            subject,
            rule: Rule { level, uploads },
            from: Some(CategoryId(1)).filter(|_| from),
        };
        let (guest, member) = (Subject::Role(Role::Guest), Subject::Role(Role::Member));
        let (testers, others) = (Subject::Group(GroupId(1)), Subject::Group(GroupId(2)));
        let own = Subject::Member(MemberId(7));
        let rules = [
            set(guest, None, false, false),
            set(member, Some(Level::See), false, true),
            set(testers, Some(Level::Start), true, false),
            set(others, Some(Level::Moderate), true, false),
            set(own, Some(Level::Reply), false, false),
        ];
        let ana = [guest, member, testers, own];

        let of = |right| reasons(&rules, &ana, right).iter().map(|set| set.subject).collect();
        let told: [Vec<Subject>; 5] = Right::ALL.map(of);

        assert_eq!(told[0], [member, testers, own]);
        assert_eq!(told[1], [testers, own]);
        assert_eq!(told[2], [testers]);
        assert_eq!(told[3], [testers]);
        assert_eq!(told[4], []);
    }
}
