//! The dump on disk, read: eight XML files become typed rows, one at a time.
//!
//! Nothing here knows of Candor's tables. [`Rows`] streams one file; [`Survey`] reads all eight and
//! says what is in them; [`ScoreCheck`] holds the votes against the scores; [`Heads`] and
//! [`html_to_markdown`] answer what the source of a post is.
//!
//! Words: a *row* is one `<row …/>`; a row is *skipped* when it cannot be understood, and then
//! says why; *notes* are what was odd about rows that were read all the same.
//!
//! Invariants: memory does not grow with the file, except in [`ScoreCheck`] and [`Heads`], which
//! say what they hold. Nothing is lost silently: whatever is not handed out is ignored by name
//! ([`Row::IGNORED`]), noted, or skipped. A failing disk is an error, never a skipped row.

mod body;
mod check;
mod definitions;
mod fields;
mod heads;
mod kinds;
mod notes;
mod pieces;
mod reader;
mod rows;
mod shelf;
mod survey;
mod table;

pub use body::html_to_markdown;
pub use check::{Mismatch, ScoreCheck};
pub use definitions::with_definitions_apart;
pub use fields::{Fields, tag_names};
pub use heads::{Head, Heads, latest_markdown};
pub use kinds::{BadgeClass, Change, HistoryKind, LinkKind, PostKind, VoteKind};
pub use notes::{Notes, Reason, Skipped};
pub use reader::{OpenError, Read, Row, Rows};
pub use rows::{BadgeRow, CommentRow, HistoryRow, LinkRow, PostRow, TagRow, UserRow, VoteRow};
pub use shelf::{Place, Shelf};
pub use survey::{Survey, TableSurvey};
pub use table::Table;
