//! What people write becomes what people read: Markdown in, safe HTML out, and with it the
//! mentions, quotes, links, excerpts and differences other rooms ask about. No input or output.
//!
//! Words: the *source* is what the author typed and is kept for ever; [`Html`] is drawn from it and
//! may be drawn again whenever [`RENDERER`] rises.
//!
//! Invariants:
//! - [`Html`] is made only here, by a drawing whose every tag is our own (`draw`) and after it
//!   by an allow-list over a real parse tree (`allowed`). Each is meant to do alone.
//! - No text reaches the page as markup of its author's choosing: tags typed by hand are read, and
//!   a known one is written anew without its attributes; an unknown one is shown as it was typed.
//! - A post makes no request to a third party: foreign images become links. Of this site it shows only what
//!   the caller says its author may show.
//! - Work is bounded before it is done: the sanitiser is quadratic in depth, so depth, size and
//!   steps are limited before it runs (see [`TooMuch`]).
//! - Nothing drawn here contains a word of ours, because words are translated in templates.

mod addresses;
mod allowed;
mod attached;
mod blocks;
mod code;
mod diff;
mod draw;
mod html;
mod inlines;
mod mentions;
mod excerpt;
mod pieces;
mod plain;
mod quotes;
mod raw;
mod render;
mod source;
mod tables;
mod typed;

pub use allowed::{ALLOWED_CLASSES, ALLOWED_TAGS, is_clean};
pub use attached::{Attached, link, uploads};
pub use code::COLORS;
pub use diff::{DiffLine, DiffSpan, diff};
pub use excerpt::{excerpt, first_picture};
pub use html::Html;
pub use plain::plain_text;
pub use quotes::{Quote, quote};
pub use render::{Context, RENDERER, Rendered, addressed, mentions, render};
pub use source::{LONGEST_SOURCE, TooMuch};
