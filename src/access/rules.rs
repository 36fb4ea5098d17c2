use super::Level;
use crate::{
    kit::{BoardId, CategoryId, GroupId, MemberId},
    members::Role,
};

/// Whom a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Everybody of a role.
    Role(Role),
    /// Everybody in a group.
    Group(GroupId),
    /// One member.
    Member(MemberId),
}

/// What a rule gives. Nothing, too, is a rule: it keeps out what the category gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rule {
    /// How far its subject may go.
    pub level: Option<Level>,
    /// Whether files may be uploaded.
    pub uploads: bool,
}

/// Where a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On one board.
    Board(BoardId),
    /// On all boards of a category that do not say otherwise.
    Category(CategoryId),
}

impl Rule {
    /// The rule that gives nothing.
    pub const NOTHING: Self = Self { level: None, uploads: false };

    /// A rule as far as it makes sense for its subject: guests read, and uploading takes answering.
    pub fn new(subject: Subject, level: Option<Level>, uploads: bool) -> Self {
        let guest = subject == Subject::Role(Role::Guest);
        let level = if guest { level.map(|_| Level::See) } else { level };
        Self { level, uploads: uploads && level >= Some(Level::Reply) }
    }
}

impl Subject {
    /// The roles a rule can be about. Administrators may do everything.
    pub const ROLES: [Role; 4] = [Role::Guest, Role::Member, Role::Moderator, Role::Staff];

    /// The three columns of a rule's row, of which one is filled.
    pub(super) fn columns(self) -> (Option<Role>, Option<i64>, Option<i64>) {
        match self {
            Self::Role(role) => (Some(role), None, None),
            Self::Group(group) => (None, Some(group.0), None),
            Self::Member(member) => (None, None, Some(member.0)),
        }
    }

    /// The subject of a row; constraints see to it that there is one.
    pub(super) fn of(
        role: Option<Role>,
        group: Option<GroupId>,
        member: Option<MemberId>,
    ) -> Option<Self> {
        role.map(Self::Role).or(group.map(Self::Group)).or(member.map(Self::Member))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guests_read_at_most_and_uploading_takes_answering() {
        let (guest, member) = (Subject::Role(Role::Guest), Subject::Role(Role::Member));

        for level in Level::ALL {
            let rule = Rule::new(guest, Some(level), true);
            assert_eq!((rule.level, rule.uploads), (Some(Level::See), false));
            assert_eq!(Rule::new(member, Some(level), true).uploads, level > Level::See);
        }
        assert_eq!(Rule::new(guest, None, true), Rule::NOTHING);
        assert_eq!(Rule::new(member, None, true), Rule::NOTHING);
    }
}
