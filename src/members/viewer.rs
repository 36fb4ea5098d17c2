use crate::{kit::MemberId, settings::SecondFactor};

/// What somebody is beyond being a member.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    sqlx::Type,
    clap::ValueEnum,
    serde::Deserialize,
    serde::Serialize,
)]
#[sqlx(type_name = "community_role", rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everybody, signed in or not.
    Guest,
    /// Everybody signed in.
    Member,
    /// Keeps the place fair.
    Moderator,
    /// Speaks for the brand.
    Staff,
    /// Runs the community; does what moderators and staff do.
    Admin,
}

impl Role {
    /// Its name in forms, logs and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Role::Guest => "guest",
            Role::Member => "member",
            Role::Moderator => "moderator",
            Role::Staff => "staff",
            Role::Admin => "admin",
        }
    }
}

/// Somebody who acts. Made only of what was looked up: a session, or an account by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The account.
    pub id: MemberId,
    /// What the member is called in addresses.
    pub handle: String,
    /// What the member is called.
    pub name: String,
    /// Granted roles.
    pub roles: Vec<Role>,
    /// Whether the address was proved.
    pub confirmed: bool,
}

impl Member {
    /// Whether the member speaks for the brand.
    pub fn is_staff(&self) -> bool {
        self.roles.iter().any(|role| matches!(role, Role::Staff | Role::Admin))
    }

    /// Whether the member runs the community.
    pub fn is_admin(&self) -> bool {
        self.roles.contains(&Role::Admin)
    }

    /// Whether a second factor is asked of them, who moderate some board by a rule of it, or none.
    pub fn is_bound_by(&self, second_factor: SecondFactor, moderates: bool) -> bool {
        match second_factor {
            SecondFactor::Nobody => false,
            SecondFactor::Staff => moderates || !self.roles.is_empty(),
            SecondFactor::Everybody => true,
        }
    }
}

/// Whoever looks: a member or a guest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Viewer(pub Option<Member>);

impl Viewer {
    /// The viewer as `visible_boards` wants it: a guest is null.
    pub fn key(&self) -> Option<i64> {
        self.0.as_ref().map(|member| member.id.0)
    }

    /// Whether the viewer is this member.
    pub fn is(&self, member: MemberId) -> bool {
        self.key() == Some(member.0)
    }
}

impl From<&Member> for Viewer {
    fn from(member: &Member) -> Self {
        Self(Some(member.clone()))
    }
}

impl Member {
    /// Where more about them stands.
    pub fn url(&self) -> String {
        super::profile_url(&self.handle)
    }

    /// One or two letters for the generated picture.
    pub fn initials(&self) -> String {
        super::member::initials(&self.name)
    }

    /// The tint of the generated picture, 1 to 8.
    pub fn tone(&self) -> i64 {
        super::tone(self.id)
    }
}
