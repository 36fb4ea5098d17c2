use crate::members::{Member, Role};

/// Proof that a member speaks for the brand.
#[derive(Debug, Clone)]
pub struct Staff(Member);

/// Proof that a member runs the community.
#[derive(Debug, Clone)]
pub struct Admin(Member);

impl Staff {
    /// The proof, for staff and administrators.
    pub fn proven(member: &Member) -> Option<Self> {
        member.is_staff().then(|| Self(member.clone()))
    }

    /// The person.
    pub fn member(&self) -> &Member {
        &self.0
    }
}

impl Admin {
    /// The proof, for administrators.
    pub fn proven(member: &Member) -> Option<Self> {
        member.roles.contains(&Role::Admin).then(|| Self(member.clone()))
    }

    /// The person.
    pub fn member(&self) -> &Member {
        &self.0
    }
}
