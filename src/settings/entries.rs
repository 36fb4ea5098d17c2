use super::kind::{self, Choice, Kind};
use crate::kit::Message;
use serde_json::Value;

/// One setting, as its page draws it.
#[derive(Debug)]
pub struct Entry {
    /// Of its column, its field in [`super::Settings`], and its field in the form.
    pub name: &'static str,
    /// Where it stands on the page.
    pub section: Section,
    /// What it is called: the key of a text.
    pub title: &'static str,
    /// What it does: the key of a text.
    pub means: &'static str,
    /// What can be said.
    pub kind: Kind,
    /// What the column has where nobody said anything, as the form says it.
    pub default: &'static str,
}

/// A heading of the page, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the headings")]
pub enum Section {
    Community,
    Members,
    SignIn,
}

impl Section {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Community, Self::Members, Self::SignIn];

    /// What it is called: the key of a text.
    pub fn title(self) -> &'static str {
        match self {
            Self::Community => "settings-section-community",
            Self::Members => "settings-section-members",
            Self::SignIn => "settings-section-sign-in",
        }
    }
}

/// All settings, in the order of the page.
pub const ENTRIES: &[Entry] = &[
    Entry {
        name: "community",
        section: Section::Community,
        title: "setting-community",
        means: "setting-community-means",
        kind: Kind::Line { least: 1, most: 60 },
        default: "Community",
    },
    Entry {
        name: "welcome",
        section: Section::Community,
        title: "setting-welcome",
        means: "setting-welcome-means",
        kind: Kind::Line { least: 0, most: 300 },
        default: "",
    },
    Entry {
        name: "brand",
        section: Section::Community,
        title: "setting-brand",
        means: "setting-brand-means",
        kind: Kind::Line { least: 0, most: 40 },
        default: "",
    },
    Entry {
        name: "brand_color",
        section: Section::Community,
        title: "setting-brand-color",
        means: "setting-brand-color-means",
        kind: Kind::Color,
        default: "#105f74",
    },
    Entry {
        name: "sign_up",
        section: Section::SignIn,
        title: "setting-sign-up",
        means: "setting-sign-up-means",
        kind: Kind::Choice(&[
            Choice {
                value: "open",
                title: "setting-sign-up-open",
                means: "setting-sign-up-open-means",
            },
            Choice {
                value: "invitation",
                title: "setting-sign-up-invitation",
                means: "setting-sign-up-invitation-means",
            },
            Choice {
                value: "approval",
                title: "setting-sign-up-approval",
                means: "setting-sign-up-approval-means",
            },
            Choice {
                value: "closed",
                title: "setting-sign-up-closed",
                means: "setting-sign-up-closed-means",
            },
        ]),
        default: "open",
    },
    Entry {
        name: "approval_question",
        section: Section::SignIn,
        title: "setting-approval-question",
        means: "setting-approval-question-means",
        kind: Kind::Line { least: 0, most: 300 },
        default: "What brings you here?",
    },
    Entry {
        name: "refused_domains",
        section: Section::SignIn,
        title: "setting-refused-domains",
        means: "setting-refused-domains-means",
        kind: Kind::Text { most: 20_000 },
        default: "10minutemail.com\nguerrillamail.com\nmailinator.com\nsharklasers.com\ntemp-mail.org\n\
            trashmail.com\nyopmail.com",
    },
    Entry {
        name: "proof_of_work",
        section: Section::SignIn,
        title: "setting-proof-of-work",
        means: "setting-proof-of-work-means",
        kind: Kind::Choice(&[
            Choice {
                value: "off",
                title: "setting-proof-of-work-off",
                means: "setting-proof-of-work-off-means",
            },
            Choice {
                value: "attack",
                title: "setting-proof-of-work-attack",
                means: "setting-proof-of-work-attack-means",
            },
            Choice {
                value: "always",
                title: "setting-proof-of-work-always",
                means: "setting-proof-of-work-always-means",
            },
        ]),
        default: "attack",
    },
    Entry {
        name: "closed_accounts",
        section: Section::Members,
        title: "setting-closed-accounts",
        means: "setting-closed-accounts-means",
        kind: Kind::Choice(&[
            Choice {
                value: "keep",
                title: "setting-closed-accounts-keep",
                means: "setting-closed-accounts-keep-means",
            },
            Choice {
                value: "withdraw",
                title: "setting-closed-accounts-withdraw",
                means: "setting-closed-accounts-withdraw-means",
            },
        ]),
        default: "keep",
    },
    Entry {
        name: "second_factor",
        section: Section::SignIn,
        title: "setting-second-factor",
        means: "setting-second-factor-means",
        kind: Kind::Choice(&[
            Choice {
                value: "nobody",
                title: "second-factor-nobody",
                means: "second-factor-nobody-means",
            },
            Choice {
                value: "staff",
                title: "second-factor-staff",
                means: "second-factor-staff-means",
            },
            Choice {
                value: "everybody",
                title: "second-factor-everybody",
                means: "second-factor-everybody-means",
            },
        ]),
        default: "nobody",
    },
    Entry {
        name: "largest_upload",
        section: Section::Members,
        title: "setting-largest-upload",
        means: "setting-largest-upload-means",
        kind: Kind::Number { least: 1, most: 64 },
        default: "20",
    },
    Entry {
        name: "uploads_each",
        section: Section::Members,
        title: "setting-uploads-each",
        means: "setting-uploads-each-means",
        kind: Kind::Number { least: 1, most: 1_000_000 },
        default: "500",
    },
    Entry {
        name: "flags_to_hide",
        section: Section::Members,
        title: "setting-flags-to-hide",
        means: "setting-flags-to-hide-means",
        kind: Kind::Number { least: 0, most: 100 },
        default: "3",
    },
];

/// The setting of this name.
pub fn entry(name: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.name == name)
}

impl Entry {
    /// What was typed, as the column takes it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, typed: &str) -> Result<Value, Message> {
        self.kind.check(typed)
    }

    /// The key of the text for one of its values; none where the value speaks for itself.
    pub fn words(&self, value: &str) -> Option<&'static str> {
        match self.kind {
            Kind::Choice(choices) => {
                choices.iter().find(|choice| choice.value == value).map(|choice| choice.title)
            }
            Kind::Switch if value == kind::ON => Some("setting-on"),
            Kind::Switch => Some("setting-off"),
            _ => None,
        }
    }
}
