//! The list of a member's drafts.

use crate::kit::{DraftId, MemberId, PostId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Letters of a draft that its line shows.
const SHOWN: usize = 200;

/// A draft as it is listed. What its author may not see any more has no name.
pub(super) struct DraftLine {
    pub(super) id: DraftId,
    /// Where it replies.
    pub(super) thread_id: Option<ThreadId>,
    /// What it changes.
    pub(super) post_id: Option<PostId>,
    /// Of a thread not yet begun.
    title: String,
    /// Of the thread it stands in.
    thread_title: Option<String>,
    pub(super) board_name: Option<String>,
    pub(super) board_tone: Option<i16>,
    start: String,
    pub(super) saved_at: OffsetDateTime,
}

impl DraftLine {
    pub(super) fn begins_thread(&self) -> bool {
        self.thread_id.is_none() && self.post_id.is_none()
    }

    pub(super) fn is_change(&self) -> bool {
        self.post_id.is_some()
    }

    /// What it is called, where it or its thread has a name that may be seen.
    pub(super) fn name(&self) -> Option<&str> {
        let name =
            if self.begins_thread() { Some(&self.title) } else { self.thread_title.as_ref() };
        name.map(|name| name.trim()).filter(|name| !name.is_empty())
    }

    /// Its first words.
    pub(super) fn words(&self) -> String {
        let line = self.start.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line,
        }
    }

    pub(super) fn url(&self) -> String {
        format!("/drafts/{}", self.id)
    }
}

/// The member's drafts, the last first. Nobody has more than two hundred.
pub(super) async fn lines(db: &mut PgConnection, member: MemberId) -> sqlx::Result<Vec<DraftLine>> {
    sqlx::query_as!(
        DraftLine,
        r#"
        select
            drafts.id,
            drafts.thread_id,
            drafts.post_id,
            drafts.title,
            case when threads.closed_at is null then threads.title end as thread_title,
            boards.name as "board_name?",
            boards.tone as "board_tone?",
            left(drafts.body, 600) as "start!",
            drafts.saved_at
        from drafts
        left join posts on posts.id = drafts.post_id
        left join (threads join visible_boards($1) as visible on visible.board_id = threads.board_id)
            on threads.id = coalesce(drafts.thread_id, posts.thread_id)
        left join (boards join visible_boards($1) as shown on shown.board_id = boards.id)
            on boards.id = threads.board_id or threads.id is null and boards.slug = drafts.board
        where drafts.member_id = $1
            and not exists (
                select
                from form_keys
                where form_keys.member_id = $1
                    and form_keys.route in ('reply', 'thread')
                    and form_keys.key = drafts.form_key
            )
        order by drafts.saved_at desc, drafts.id desc
        limit 200
        "#,
        member.0,
    )
    .fetch_all(db)
    .await
}
