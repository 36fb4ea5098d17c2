//! The noun: what a thread is, what may be done with it, and the changes it goes through inside a
//! given transaction.

use crate::{
    access::Level,
    boards::{Style, board_url, counts},
    kit::{self, BoardId, MemberId, PageNumber, PostId, ThreadId},
    members::{Member, Viewer},
};
use sqlx::PgConnection;
use std::{borrow::Borrow, fmt};
use time::OffsetDateTime;

use super::{store, tags};

/// Where a thread is put first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type, serde::Deserialize)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub enum Pin {
    /// On its board.
    Board,
    /// On its board and the home page.
    Site,
}

/// In which order replies are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReplyOrder {
    /// As they were written.
    Time,
    /// The most helpful first.
    Helpful,
}

/// A thread as one viewer may see it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are the table's columns, which say what they are")]
pub struct Thread {
    pub id: ThreadId,
    pub board_id: BoardId,
    pub board_slug: String,
    pub board_name: String,
    pub board_tone: i16,
    pub style: Style,
    pub author_id: MemberId,
    /// Empty where the thread is closed and its words are not for this viewer.
    pub title: String,
    pub started_at: OffsetDateTime,
    pub last_position: i32,
    pub replies: i32,
    pub solution_id: Option<PostId>,
    pub solved_at: Option<OffsetDateTime>,
    /// The name of whoever accepted the solution.
    pub solved_by: Option<String>,
    pub locked_at: Option<OffsetDateTime>,
    pub pinned_to: Option<Pin>,
    pub closed_at: Option<OffsetDateTime>,
    pub level: Level,
    /// Whether the viewer may upload on its board.
    pub uploads: bool,
    /// The board takes no more posts.
    pub archived: bool,
    /// Whether it is joined to an original, also where the viewer may not see that.
    pub duplicate: bool,
    /// Whether others are joined to it.
    pub original: bool,
    /// How many have the same problem.
    pub me_toos: i32,
    /// What the viewer said of their version or device, if they said "me too".
    pub me_too: Option<String>,
    /// When the asker was last asked whether a reply solved it.
    pub asker_asked_at: Option<OffsetDateTime>,
    /// When they said that none did.
    pub asker_answered_at: Option<OffsetDateTime>,
    /// Whether a rank grants the viewer to accept replies to others' questions.
    pub may_accept: bool,
    /// Whether the viewer reads replies most helpful first.
    pub by_help: bool,
    /// How far the viewer has read; 0 for one who has not.
    pub read_position: i32,
    /// Whether the viewer follows or mutes it.
    pub follow: Option<String>,
    pub tags: Vec<String>,
}

/// What a viewer may do with a thread. Buttons are drawn from it and actions ask it, so they agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the deeds")]
pub struct Can {
    pub reply: bool,
    pub follow: bool,
    pub me_too: bool,
    pub accept: bool,
    /// Join it to where it was asked before.
    pub join: bool,
    /// Part it from there again.
    pub part: bool,
    pub moderate: bool,
    pub pin: bool,
}

/// Paths below a thread that are deeds, so no slug may be one of them.
const TAKEN: [&str; 11] = [
    "replies",
    "attach",
    "unread",
    "live",
    "reading",
    "follow",
    "mute",
    "lock",
    "me-too",
    "solution",
    "duplicate",
];

/// The address of a thread.
pub fn thread_url(id: ThreadId, title: &str) -> String {
    match kit::slug(title).as_str() {
        "" => format!("/t/{id}/thread"),
        slug if TAKEN.contains(&slug) || slug == "pin" || slug == "p" => {
            format!("/t/{id}/thread-{slug}")
        }
        slug => format!("/t/{id}/{slug}"),
    }
}

/// The address at which the post at `position` is read, on its page.
pub(crate) fn post_url(id: ThreadId, title: &str, position: i32) -> String {
    let thread = thread_url(id, title);
    match PageNumber::of(position) {
        PageNumber::FIRST => format!("{thread}#p{position}"),
        page => format!("{thread}?page={}#p{position}", page.number()),
    }
}

/// The address that leads to the post at `position` of a thread for ever, wherever it lies.
pub fn permalink(thread: ThreadId, position: impl fmt::Display) -> String {
    format!("/t/{thread}/p/{position}")
}

impl Thread {
    /// Its address.
    pub fn url(&self) -> String {
        thread_url(self.id, &self.title)
    }

    /// The address of one of its pages.
    pub fn page_url(&self, page: PageNumber) -> String {
        if page == PageNumber::FIRST {
            self.url()
        } else {
            format!("{}?page={}", self.url(), page.number())
        }
    }

    /// The address at which the post at `position` is read, in the order that the viewer chose.
    pub fn url_at(&self, position: impl Borrow<i32>) -> String {
        let position = *position.borrow();
        match self.by_help {
            true => format!("{}#p{position}", self.helpful_url(Some(position), None)),
            false => self.url_in_time(position),
        }
    }

    /// The same in the order of time.
    pub fn url_in_time(&self, position: impl Borrow<i32>) -> String {
        let position = *position.borrow();
        match PageNumber::of(position) {
            PageNumber::FIRST if self.by_help => format!("{}?sort=time#p{position}", self.url()),
            page => format!("{}#p{position}", self.page_url(page)),
        }
    }

    /// The address of the replies, most helpful first, from one of them on: from its place as it was when the
    /// address was made, if that is given.
    pub fn helpful_url(&self, from: Option<i32>, place: Option<i64>) -> String {
        let mut url = format!("{}?sort=helpful", self.url());
        if let Some(position) = from.filter(|&position| position > 1) {
            url += &format!("&from={position}");
            if let Some(place) = place {
                url += &format!("&at={place}");
            }
        }
        url
    }

    /// The address that leads to the post at `position` for ever, wherever it lies.
    pub fn permalink(&self, position: impl fmt::Display) -> String {
        permalink(self.id, position)
    }

    /// The address of a deed on it.
    pub fn deed_url(&self, deed: &str) -> String {
        format!("/t/{}/{deed}", self.id)
    }

    /// The address of its board.
    pub fn board_url(&self) -> String {
        board_url(&self.board_slug)
    }

    /// Its last page.
    pub fn last_page(&self) -> PageNumber {
        PageNumber::of(self.last_position.max(1))
    }

    /// Whether it is a question.
    pub fn asks(&self) -> bool {
        self.style == Style::Questions
    }

    /// Whether the asker was asked if a reply solved it, and did not answer.
    pub fn waits_for_asker(&self) -> bool {
        self.asker_asked_at.is_some()
            && self.asker_answered_at.is_none()
            && self.solution_id.is_none()
    }

    /// The first position the viewer has not read, if any.
    pub fn first_unread(&self) -> Option<i32> {
        (self.read_position > 0 && self.read_position < self.last_position)
            .then_some(self.read_position + 1)
    }

    /// Whether the viewer may go as far as this here, and the board is not archived.
    pub(crate) fn writable(&self, level: Level) -> bool {
        self.level >= level && !self.archived
    }

    /// What this viewer may do. A locked thread takes replies from moderators alone; a closed one, and one
    /// on an archived board, from nobody.
    pub fn can(&self, viewer: &Viewer) -> Can {
        let member = viewer.0.is_some();
        let moderate = member && self.level >= Level::Moderate;
        let open = self.closed_at.is_none();
        let staff = viewer.0.as_ref().is_some_and(Member::is_staff);
        let unlocked = self.locked_at.is_none() || moderate || staff;
        let granted = self.may_accept && self.level >= Level::Reply;
        let accepts =
            moderate || !self.archived && member && (viewer.is(self.author_id) || staff || granted);
        // A power that a rank grants would stand beside these three.
        let joins = moderate || !self.archived && member && (viewer.is(self.author_id) || staff);
        Can {
            reply: member && open && unlocked && self.writable(Level::Reply),
            follow: member && open,
            me_too: member && open && self.asks() && !self.archived && !viewer.is(self.author_id),
            accept: open && self.asks() && accepts,
            join: open && self.asks() && joins,
            part: self.asks() && joins && (open || moderate),
            moderate,
            pin: moderate || self.style == Style::Announcements && staff,
        }
    }
}

/// A thread about to be begun.
pub(crate) struct Opening<'a> {
    /// Its id, from [`store::next_ids`]: texts in it are drawn before it is there.
    pub(crate) id: ThreadId,
    pub(crate) board: BoardId,
    pub(crate) author: MemberId,
    pub(crate) title: &'a str,
    pub(crate) tags: &'a [String],
    /// What will be its opening post.
    pub(crate) post: PostId,
}

/// Puts up a thread without posts; its opening post is to be published next.
pub(crate) async fn begin(
    db: &mut PgConnection,
    new: &Opening<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    store::insert(db, new.id, new.board, new.author, new.title, now).await?;
    counts::add(db, new.board, new.post.0, 1, 0).await?;
    tags::set(db, new.id, new.tags).await
}

/// A reply as the thread counts it.
pub(crate) struct Reply {
    pub(crate) post: PostId,
    pub(crate) position: i32,
    pub(crate) author: MemberId,
    pub(crate) staff: bool,
}

/// Notes a new post in the thread's row and the board's counts; the row must be locked.
pub(crate) async fn note_post(
    db: &mut PgConnection,
    thread: &Thread,
    reply: &Reply,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    store::note_post(db, thread.id, reply, now).await?;
    counts::add(db, thread.board_id, reply.post.0, 0, 1).await
}

/// A post of the thread went out of sight, or came back: `by` is −1 or 1. The row must be locked.
pub(crate) async fn count_readable(
    db: &mut PgConnection,
    thread: &Thread,
    post: PostId,
    position: i32,
    by: i32,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let opening = position == 1;
    if opening {
        store::set_closed(db, thread.id, (by < 0).then_some(now)).await?;
    } else {
        store::add_replies(db, thread.id, by).await?;
    }
    counts::add(db, thread.board_id, post.0, if opening { i64::from(by) } else { 0 }, i64::from(by))
        .await
}
