use serde::{Deserialize, Serialize};

/// What a viewer may do on a board. The order counts: each level holds those before it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type, Serialize, Deserialize,
)]
#[sqlx(type_name = "board_level", rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Read.
    See,
    /// Answer.
    Reply,
    /// Begin threads.
    Start,
    /// Keep the place fair: lock, pin, remove, restore, accept.
    Moderate,
}

impl Level {
    /// All of them, from the lowest.
    pub const ALL: [Self; 4] = [Self::See, Self::Reply, Self::Start, Self::Moderate];

    /// Its name in forms and in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::Reply => "reply",
            Self::Start => "start",
            Self::Moderate => "moderate",
        }
    }
}
