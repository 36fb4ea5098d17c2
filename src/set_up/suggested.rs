//! The boards that set-up suggests.

use crate::{access::Audience, boards::Style};

/// A board to begin with.
pub(super) struct Suggested {
    /// Its tick box in the form.
    pub(super) field: &'static str,
    /// Its name in the form.
    pub(super) name_field: &'static str,
    /// What it is called: the key of a text.
    pub(super) name: &'static str,
    /// Its purpose in one line: the key of a text.
    pub(super) purpose: &'static str,
    pub(super) style: Style,
    pub(super) icon: &'static str,
    pub(super) tone: i16,
    pub(super) audience: Audience,
    /// Whether its box is ticked at first.
    pub(super) ticked: bool,
}

/// All of them, in the order in which they will stand.
pub(super) const SUGGESTED: [Suggested; 5] = [
    Suggested {
        field: "board_help",
        name_field: "board_help_name",
        name: "set-up-board-help",
        purpose: "set-up-board-help-purpose",
        style: Style::Questions,
        icon: "help",
        tone: 1,
        audience: Audience::Category,
        ticked: true,
    },
    Suggested {
        field: "board_news",
        name_field: "board_news_name",
        name: "set-up-board-news",
        purpose: "set-up-board-news-purpose",
        style: Style::Announcements,
        icon: "megaphone",
        tone: 4,
        audience: Audience::Everyone,
        ticked: true,
    },
    Suggested {
        field: "board_ideas",
        name_field: "board_ideas_name",
        name: "set-up-board-ideas",
        purpose: "set-up-board-ideas-purpose",
        style: Style::Discussion,
        icon: "lightbulb",
        tone: 3,
        audience: Audience::Category,
        ticked: false,
    },
    Suggested {
        field: "board_lounge",
        name_field: "board_lounge_name",
        name: "set-up-board-lounge",
        purpose: "set-up-board-lounge-purpose",
        style: Style::Discussion,
        icon: "message-square",
        tone: 6,
        audience: Audience::Category,
        ticked: true,
    },
    Suggested {
        field: "board_staff",
        name_field: "board_staff_name",
        name: "set-up-board-staff",
        purpose: "set-up-board-staff-purpose",
        style: Style::Discussion,
        icon: "shield",
        tone: 8,
        audience: Audience::Staff,
        ticked: true,
    },
];
