use crate::{
    kit::{MemberId, ThreadId},
    markup::Html,
    members::Author,
    threads::thread::{permalink, thread_url},
};
use time::OffsetDateTime;

/// A post as an entry of a feed.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) thread_id: ThreadId,
    pub(super) title: String,
    pub(super) position: i32,
    pub(super) board_name: String,
    pub(super) author_id: MemberId,
    pub(super) author_handle: String,
    pub(super) author_name: String,
    pub(super) html: Html,
    pub(super) written_at: OffsetDateTime,
    pub(super) edited_at: Option<OffsetDateTime>,
}

impl Entry {
    /// The address that stays the post's whatever becomes of its thread's title.
    pub(super) fn permalink(&self) -> String {
        permalink(self.thread_id, self.position)
    }

    /// Where it is read: an opening post on the page that search engines know.
    pub(super) fn url(&self) -> String {
        match self.position {
            1 => thread_url(self.thread_id, &self.title),
            _ => self.permalink(),
        }
    }

    pub(super) fn author(&self) -> Author {
        Author {
            id: self.author_id,
            handle: self.author_handle.clone(),
            name: self.author_name.clone(),
        }
    }

    pub(super) fn updated_at(&self) -> &OffsetDateTime {
        self.edited_at.as_ref().unwrap_or(&self.written_at)
    }

    pub(super) fn is_opening(&self) -> bool {
        self.position == 1
    }
}
