//! The noun: what a post is, what may be done with it, and the changes it goes through inside a given
//! transaction.

use super::{attached, store, writing::Prepared};
use crate::{
    access::Level,
    error::Result,
    kit::{MemberId, PostId, ThreadId},
    members::{Member, Viewer},
    outbox::{self, Actor, Event},
    threads::{self, Thread, thread},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A post as its thread's viewer may see it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are the table's columns, which say what they are")]
pub struct Post {
    pub id: PostId,
    pub thread_id: ThreadId,
    pub position: i32,
    pub author_id: MemberId,
    pub source: String,
    pub written_at: OffsetDateTime,
    pub edited_at: Option<OffsetDateTime>,
    pub edited_by: Option<MemberId>,
    pub deleted_at: Option<OffsetDateTime>,
    pub removed_at: Option<OffsetDateTime>,
    pub kudos: i32,
}

/// What a viewer may do with a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Can {
    pub edit: bool,
    pub delete: bool,
    pub kudos: bool,
    pub accept: bool,
    pub remove: bool,
    pub restore: bool,
    /// Say that something is wrong with it.
    pub flag: bool,
    /// See the words of a removed post: its author and moderators.
    pub read_removed: bool,
}

/// The facts about a post that decide what may be done with it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct State {
    pub(crate) author: MemberId,
    pub(crate) position: i32,
    pub(crate) deleted: bool,
    pub(crate) removed: bool,
}

impl State {
    /// What this viewer may do with it. Buttons are drawn from it and actions ask it.
    pub(crate) fn can(self, thread: &Thread, viewer: &Viewer) -> Can {
        let member = viewer.0.is_some();
        let own = viewer.is(self.author);
        let there = !self.deleted && !self.removed;
        let on_thread = thread.can(viewer);
        let unlocked = thread.locked_at.is_none() || on_thread.moderate;
        Can {
            edit: there && unlocked && (own && thread.writable(Level::Reply) || on_thread.moderate),
            // A question that was answered belongs to those who answered as well.
            delete: there && own && unlocked && (self.position > 1 || thread.replies == 0),
            kudos: there && member && !own && thread.writable(Level::Reply),
            accept: there && on_thread.accept && self.position > 1,
            remove: there && on_thread.moderate,
            restore: self.removed && !self.deleted && on_thread.moderate,
            flag: there && member && !own,
            read_removed: own || on_thread.moderate,
        }
    }
}

impl Post {
    pub(crate) fn state(&self) -> State {
        State {
            author: self.author_id,
            position: self.position,
            deleted: self.deleted_at.is_some(),
            removed: self.removed_at.is_some(),
        }
    }

    /// What this viewer may do with it.
    pub fn can(&self, thread: &Thread, viewer: &Viewer) -> Can {
        self.state().can(thread, viewer)
    }

    /// Whether it can be read by all who see the thread.
    pub fn there(&self) -> bool {
        self.deleted_at.is_none() && self.removed_at.is_none()
    }
}

/// A post went out of its thread's sight, or came back: `by` is −1 or 1. The thread's row must be held.
///
/// # Errors
/// Those of the database.
pub(crate) async fn count_readable(
    db: &mut PgConnection,
    thread: &Thread,
    post: &Post,
    by: i32,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    thread::count_readable(db, thread, post.id, post.position, by, now).await?;
    if post.position == 1 {
        return Ok(());
    }
    let replied_at = threads::store::staff_replied_at(db, thread.id).await?;
    if by > 0 && store::is_by_staff(db, post.id).await? {
        let first = replied_at.map_or(post.written_at, |at| at.min(post.written_at));
        threads::store::set_staff_replied(db, thread.id, Some(first)).await?;
    } else if by < 0 && replied_at == Some(post.written_at) {
        let next = store::staff_reply_besides(db, thread.id, post.id).await?;
        threads::store::set_staff_replied(db, thread.id, next).await?;
    }
    Ok(())
}

/// Who writes, as the new post needs to know.
pub(crate) struct Author<'a> {
    pub(crate) member: &'a Member,
    pub(crate) actor: Actor,
}

/// Publishes a prepared text as the next post of a thread whose row is held: takes its position,
/// counts it, records the event. What it earns is for the deed to award.
///
/// # Errors
/// Those of [`attached::show`] and of the database.
pub(crate) async fn publish(
    db: &mut PgConnection,
    thread: &Thread,
    author: &Author<'_>,
    text: &Prepared,
    reply_to: Option<PostId>,
    now: OffsetDateTime,
) -> Result<i32> {
    let position = thread.last_position + 1;
    let opening = position == 1;
    let member = author.member;
    let title = opening.then_some(thread.title.as_str());
    store::insert(db, thread.id, position, member.id, text, reply_to, title, now).await?;
    attached::show(db, thread, text.id, member.id, &text.attachments, now).await?;
    let reply =
        thread::Reply { post: text.id, position, author: member.id, staff: member.is_staff() };
    thread::note_post(db, thread, &reply, now).await?;
    threads::follow(db, thread.id, member.id, now).await?;
    threads::mark_read(db, member.id, thread.id, position, now).await?;
    let event = if opening {
        Event::ThreadStarted { thread: thread.id, post: text.id }
    } else {
        Event::PostWritten { thread: thread.id, post: text.id }
    };
    outbox::record(db, author.actor, &event, now).await?;
    Ok(position)
}
