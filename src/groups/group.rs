//! The noun: what a group is, and what a viewer may do with it.

use crate::{
    kit::GroupId,
    members::{Member, Viewer},
};
use serde::{Deserialize, Serialize};

/// How one gets into a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, sqlx::Type, Serialize, Deserialize)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// By oneself.
    #[default]
    Open,
    /// By asking its owners.
    Request,
    /// By its owners alone.
    Invitation,
    /// By its owners alone, and nobody else may know that it is there.
    Hidden,
}

impl Kind {
    /// All of them, from the widest.
    pub const ALL: [Self; 4] = [Self::Open, Self::Request, Self::Invitation, Self::Hidden];

    /// Its name in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Request => "request",
            Self::Invitation => "invitation",
            Self::Hidden => "hidden",
        }
    }
}

/// How a viewer stands to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// Not in it.
    None,
    /// Asked to be let in.
    Requested,
    /// In it by a rank, and only as long as that is held.
    ByRank,
    /// In it.
    Member,
    /// Lets others in and out.
    Owner,
}

/// A group as one viewer may see it.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How one gets in.
    pub kind: Kind,
    /// The rank that brings one in, if one does.
    pub rank_id: Option<i64>,
    /// How many are in it, counted up to a thousand.
    pub members: i64,
    pub(super) inside: bool,
    pub(super) owns: bool,
    pub(super) by_rank: bool,
    pub(super) asked: bool,
}

/// What a viewer may do with a group. Buttons are drawn from it and actions ask it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the deeds")]
pub struct Can {
    pub join: bool,
    pub request: bool,
    pub withdraw: bool,
    pub leave: bool,
    /// Let members in and out.
    pub manage: bool,
    /// Let owners out, and make them.
    pub govern: bool,
    /// Read who is in it.
    pub read_members: bool,
}

/// The address of a group.
pub fn group_url(slug: &str) -> String {
    format!("/g/{slug}")
}

impl Group {
    /// Its address.
    pub fn url(&self) -> String {
        group_url(&self.slug)
    }

    /// The address of a deed on it.
    pub fn deed_url(&self, deed: &str) -> String {
        format!("/g/{}/{deed}", self.slug)
    }

    /// The address of a deed on somebody who is in it, or wants to be.
    pub fn member_url(&self, list: &str, handle: &str, deed: &str) -> String {
        format!("/g/{}/{list}/{handle}/{deed}", self.slug)
    }

    /// How the viewer stands to it.
    pub fn membership(&self) -> Membership {
        match (self.owns, self.by_rank, self.inside, self.asked) {
            (true, ..) => Membership::Owner,
            (_, true, ..) => Membership::ByRank,
            (_, _, true, _) => Membership::Member,
            (.., true) => Membership::Requested,
            _ => Membership::None,
        }
    }

    /// What this viewer may do.
    pub fn can(&self, viewer: &Viewer) -> Can {
        let Some(member) = &viewer.0 else {
            return Can {
                join: false,
                request: false,
                withdraw: false,
                leave: false,
                manage: false,
                govern: false,
                read_members: false,
            };
        };
        let membership = self.membership();
        let govern = Member::is_admin(member);
        Can {
            join: self.kind == Kind::Open && !self.inside,
            request: self.kind == Kind::Request && membership == Membership::None,
            withdraw: membership == Membership::Requested,
            leave: matches!(membership, Membership::Member | Membership::Owner),
            manage: govern || self.owns,
            govern,
            read_members: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{kit::MemberId, members::Role};

    fn group(kind: Kind, membership: Membership) -> Group {
        Group {
            id: GroupId(1),
            slug: "testers".into(),
            name: "Testers".into(),
            description: String::new(),
            kind,
            rank_id: None,
            members: 3,
            inside: matches!(
                membership,
                Membership::ByRank | Membership::Member | Membership::Owner
            ),
            owns: membership == Membership::Owner,
            by_rank: membership == Membership::ByRank,
            asked: membership == Membership::Requested,
        }
    }

    fn viewer(roles: &[Role]) -> Viewer {
        Viewer(Some(Member {
            id: MemberId(1),
            handle: "ada".into(),
            name: "Ada".into(),
            roles: roles.to_vec(),
            confirmed: true,
        }))
    }

    #[test]
    fn each_kind_has_its_own_way_in() {
        use Membership::{ByRank, None, Owner, Requested};
        let can = |kind, membership| {
            let can = group(kind, membership).can(&viewer(&[]));
            (can.join, can.request, can.withdraw, can.leave, can.manage)
        };

        assert_eq!(can(Kind::Open, None), (true, false, false, false, false));
        assert_eq!(can(Kind::Request, None), (false, true, false, false, false));
        assert_eq!(can(Kind::Request, Requested), (false, false, true, false, false));
        for kind in [Kind::Invitation, Kind::Hidden] {
            assert_eq!(can(kind, None), (false, false, false, false, false));
        }
        for kind in Kind::ALL {
            assert_eq!(can(kind, Membership::Member), (false, false, false, true, false));
            assert_eq!(can(kind, ByRank), (false, false, false, false, false));
            assert_eq!(can(kind, Owner), (false, false, false, true, true));
        }
    }

    #[test]
    fn administrators_govern_and_guests_do_nothing() {
        for kind in Kind::ALL {
            assert!(group(kind, Membership::None).can(&viewer(&[Role::Admin])).govern);
            let can = group(kind, Membership::None).can(&Viewer(None));
            assert!(!(can.join || can.request || can.manage || can.read_members));
        }
    }
}
