use crate::{
    access::Level,
    kit::{BoardId, Message},
    members::Viewer,
};

/// What the threads of a board are.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, sqlx::Type, Default, serde::Serialize, serde::Deserialize,
)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// Talk.
    Discussion,
    /// Questions, which can be solved.
    #[default]
    Questions,
    /// News, which staff begin and everybody answers.
    Announcements,
}

/// A board as one viewer may see it.
#[derive(Debug, Clone)]
pub struct Board {
    /// Its id.
    pub id: BoardId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its purpose in one line.
    pub description: String,
    /// What its threads are.
    pub style: Style,
    /// A name in the icon sprite.
    pub icon: String,
    /// Its tint, 1 to 8.
    pub tone: i16,
    /// What the viewer may do here.
    pub level: Level,
    /// It takes no more posts.
    pub archived: bool,
}

/// The address of a board.
pub fn board_url(slug: &str) -> String {
    format!("/b/{slug}")
}

impl Board {
    /// Its address.
    pub fn url(&self) -> String {
        board_url(&self.slug)
    }

    /// Where a thread is begun here.
    pub fn new_thread_url(&self) -> String {
        format!("/ask?board={}", self.slug)
    }

    /// Whether its threads are questions.
    pub fn asks(&self) -> bool {
        self.style == Style::Questions
    }

    /// Whether this viewer may begin a thread.
    pub fn may_start(&self, viewer: &Viewer) -> bool {
        viewer.0.is_some() && self.level >= Level::Start && !self.archived
    }

    /// Why not, in words.
    pub fn closed_because(&self) -> Message {
        match self.style {
            _ if self.archived => "board-archived".into(),
            Style::Announcements => "board-staff-start".into(),
            Style::Discussion | Style::Questions => "board-read-only".into(),
        }
    }
}
