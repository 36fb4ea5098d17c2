//! The noun: what an attachment is.

use super::content;
use crate::{
    kit::AttachmentId,
    markup::{self, Attached},
};

/// What kind of attachment it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "attachment_kind", rename_all = "lowercase")]
pub enum Kind {
    /// A picture that stands still.
    Picture,
    /// One that moves.
    Animation,
    /// Anything else.
    File,
}

/// An attachment, as it is shown.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// What it is.
    pub kind: Kind,
    /// What it was called where it came from.
    pub name: String,
    /// Its type, by its content.
    pub media_type: String,
    /// Its size.
    pub bytes: i64,
    /// Of a picture.
    pub width: Option<i32>,
    /// Of a picture.
    pub height: Option<i32>,
}

/// The address of an attachment.
pub(crate) fn file_url(id: AttachmentId) -> String {
    format!("/files/{id}")
}

impl Attachment {
    /// Its address.
    pub fn url(&self) -> String {
        file_url(self.id)
    }

    /// The Markdown that shows it: of a picture without a description, for that is its author's to give.
    pub fn source(&self) -> String {
        match self.kind {
            Kind::Picture | Kind::Animation => format!("![]({})", self.url()),
            Kind::File => markup::link(&self.name, &self.url()),
        }
    }

    /// What drawing must know of it.
    pub(crate) fn attached(&self) -> Attached {
        let side = |side: Option<i32>| side.and_then(|side| u32::try_from(side).ok());
        let whole = side(self.width).zip(side(self.height));
        Attached {
            sizes: whole.map(|whole| {
                let [small, medium] = [content::SMALL, content::MEDIUM];
                [content::fitted(whole, small), content::fitted(whole, medium), whole]
            }),
            moving: self.kind == Kind::Animation,
            name: self.name.clone(),
            label: content::label(&self.media_type),
            bytes: u64::try_from(self.bytes).unwrap_or_default(),
        }
    }
}
