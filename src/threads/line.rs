use super::thread::{Pin, thread_url};
use crate::{
    boards::board_url,
    kit::{MemberId, ThreadId},
    members::Author,
};
use time::OffsetDateTime;

/// A thread as a row of a list.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are the table's columns, which say what they are")]
pub struct ThreadLine {
    pub id: ThreadId,
    pub title: String,
    pub board_slug: String,
    pub board_name: String,
    pub board_tone: i16,
    pub announcement: bool,
    pub author_id: MemberId,
    pub author_handle: String,
    pub author_name: String,
    pub last_poster_name: String,
    pub started_at: OffsetDateTime,
    pub last_post_at: OffsetDateTime,
    pub replies: i32,
    pub kudos: i32,
    pub solved: bool,
    pub staff_replied: bool,
    pub locked: bool,
    pub pinned_to: Option<Pin>,
    /// Whether it holds something the viewer has not read; nothing for guests.
    pub unread: Option<bool>,
    pub tags: Vec<String>,
}

impl ThreadLine {
    /// Where it is read: at the first unread post for somebody who began reading.
    pub fn url(&self) -> String {
        match self.unread {
            Some(true) => format!("/t/{}/unread", self.id),
            _ => thread_url(self.id, &self.title),
        }
    }

    /// The address of its board.
    pub fn board_url(&self) -> String {
        board_url(&self.board_slug)
    }

    /// Who began it.
    pub fn author(&self) -> Author {
        Author {
            id: self.author_id,
            handle: self.author_handle.clone(),
            name: self.author_name.clone(),
        }
    }

    /// The row's class by what the viewer has read.
    pub fn read_class(&self) -> &'static str {
        match self.unread {
            None => "",
            Some(true) => " thread-row--unread",
            Some(false) => " thread-row--read",
        }
    }
}
