//! What the thread page shows, in one query.

mod choices;
mod joined;

use super::thread::Thread;
use crate::{
    drafts::Draft,
    kit::{MemberId, PageNumber, PostId},
    markup::{self, Html},
    members::{Author, Viewer},
    posts::post::{Can, State},
    solutions::{acceptance::MOST, confirmation},
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

pub(super) use choices::{Choice, choices};
pub(super) use joined::{Joined, joined};

/// A post as it stands on the page.
#[derive(Debug, Clone)]
pub(super) struct PostLine {
    pub(super) id: PostId,
    pub(super) position: i32,
    author_id: MemberId,
    author_handle: String,
    author_name: String,
    pub(super) staff: bool,
    pub(super) moderator: bool,
    pub(super) rank: Option<String>,
    pub(super) rank_icon: Option<String>,
    pub(super) rank_tone: Option<i16>,
    pub(super) badge: Option<String>,
    pub(super) badge_icon: Option<String>,
    pub(super) badge_slug: Option<String>,
    pub(super) html: Html,
    pub(super) written_at: OffsetDateTime,
    pub(super) edited_at: Option<OffsetDateTime>,
    pub(super) deleted_at: Option<OffsetDateTime>,
    pub(super) removed_at: Option<OffsetDateTime>,
    pub(super) kudos: i32,
    /// Whether the viewer gave kudos.
    pub(super) given: bool,
    pub(super) answers_position: Option<i32>,
    pub(super) answers_name: Option<String>,
    /// Which acceptance stands, who accepted it and when.
    pub(super) acceptance: Option<i64>,
    pub(super) accepted_by: Option<String>,
    pub(super) accepted_at: Option<OffsetDateTime>,
    /// For how many of those with the same problem it solved it, of those who answered.
    pub(super) confirmed: Option<i32>,
    pub(super) answered_by: Option<i32>,
    /// What the viewer says of it.
    pub(super) mine: Option<confirmation::Answer>,
    /// Of a question's opening post: the reply that was accepted last, if too few confirmed it.
    refuted_position: Option<i32>,
    refuted_at: Option<OffsetDateTime>,
    refuted_confirmed: Option<i32>,
    refuted_answered: Option<i32>,
    /// Positions of the first replies to it, and who wrote them.
    answered_positions: Vec<i32>,
    answered_names: Vec<String>,
    pub(super) removal_reason: Option<String>,
    pub(super) removed_by: Option<i32>,
    /// Whether it is out of sight only until somebody has looked at it.
    pub(super) held: Option<bool>,
    /// Why a moderator wrote the text that stands in place of the author's; and their number.
    pub(super) edit_reason: Option<String>,
    pub(super) edited_by: Option<i32>,
    /// Beside the first post of a page: what the viewer was writing in this thread.
    pub(super) draft: Option<Json<Draft>>,
}

/// A reply that was accepted until too few confirmed it.
pub(super) struct Refuted {
    pub(super) position: i32,
    pub(super) at: OffsetDateTime,
    pub(super) confirmed: i32,
    pub(super) answered: i32,
}

/// Words of a post that is longer than a reader wants to pass by.
const LONG: usize = 400;

/// A reply to a post, as listed below it.
pub(super) struct Answer<'a> {
    pub(super) position: i32,
    pub(super) name: &'a str,
}

impl PostLine {
    pub(super) fn author(&self) -> Author {
        Author {
            id: self.author_id,
            handle: self.author_handle.clone(),
            name: self.author_name.clone(),
        }
    }

    pub(super) fn can(&self, thread: &Thread, viewer: &Viewer) -> Can {
        let state = State {
            author: self.author_id,
            position: self.position,
            deleted: self.deleted_at.is_some(),
            removed: self.removed_at.is_some(),
        };
        state.can(thread, viewer)
    }

    pub(super) fn own(&self, viewer: &Viewer) -> bool {
        viewer.is(self.author_id)
    }

    pub(super) fn answered(&self) -> Vec<Answer<'_>> {
        let names = self.answered_names.iter().map(String::as_str);
        self.answered_positions
            .iter()
            .zip(names)
            .map(|(&position, name)| Answer { position, name })
            .collect()
    }

    pub(super) fn there(&self) -> bool {
        self.deleted_at.is_none() && self.removed_at.is_none()
    }

    pub(super) fn refuted(&self) -> Option<Refuted> {
        Some(Refuted {
            position: self.refuted_position?,
            at: self.refuted_at?,
            confirmed: self.refuted_confirmed?,
            answered: self.refuted_answered?,
        })
    }

    pub(super) fn opening(&self) -> bool {
        self.position == 1
    }

    /// How many words the post has, where it is shown by its beginning first; otherwise 0. What announces or
    /// begins a conversation is there to be read.
    pub(super) fn fold(&self, thread: &Thread) -> i64 {
        let whole = self.opening() && !thread.asks();
        let words = if whole { 0 } else { self.html.words() };
        if words >= LONG { words as i64 } else { 0 }
    }

    pub(super) fn deed_url(&self, deed: &str) -> String {
        format!("/p/{}/{deed}", self.id)
    }

    pub(super) fn kudos_url(&self) -> String {
        self.deed_url(if self.given { "kudos/undo" } else { "kudos" })
    }
}

const _: () = assert!(PageNumber::SIZE == 20, "so many rows the query below takes");

/// Posts as they stand on the page: those that `$from` takes, in the order of time. Written once; the macro
/// joins literals, so every query is checked against the schema.
macro_rules! posts {
    ($db:expr, $viewer:expr, $thread:expr, $first:expr, $from:literal, $($of:expr),+) => {
        sqlx::query_as!(
            PostLine,
            r#"
        select
            posts.id as "id!: PostId",
            posts.position as "position!",
            posts.author_id as "author_id!: MemberId",
            author.handle as author_handle,
            author.name as author_name,
            exists (
                select
                from member_roles
                where member_roles.member_id = posts.author_id
                    and member_roles.role in ('staff', 'admin')
            ) as "staff!",
            exists (
                select
                from member_roles
                where member_roles.member_id = posts.author_id
                    and member_roles.role = 'moderator'
            ) as "moderator!",
            ranks.name as "rank?",
            ranks.icon as "rank_icon?",
            ranks.tone as "rank_tone?",
            badges.name as "badge?",
            badges.icon as "badge_icon?",
            badges.slug as "badge_slug?",
            posts.html as "html!: Html",
            posts.written_at as "written_at!",
            posts.edited_at,
            posts.deleted_at,
            posts.removed_at,
            posts.kudos as "kudos!",
            exists (
                select
                from kudos
                where kudos.post_id = posts.id
                    and kudos.giver_id = $1
            ) as "given!",
            answers.position as "answers_position?",
            answers_author.name as "answers_name?",
            acceptances.id as "acceptance?",
            solver.name as "accepted_by?",
            acceptances.accepted_at as "accepted_at?",
            acceptances.confirmed as "confirmed?",
            acceptances.answered as "answered_by?",
            confirmations.answer as "mine?: confirmation::Answer",
            refuted.position as "refuted_position?",
            refuted.undone_at as "refuted_at?",
            refuted.confirmed as "refuted_confirmed?",
            refuted.answered as "refuted_answered?",
            coalesce(answered.positions, '{}') as "answered_positions!",
            coalesce(answered.names, '{}') as "answered_names!",
            removal.public_reason as "removal_reason?",
            removal.number as "removed_by?",
            removal.held as "held?",
            edit.public_reason as "edit_reason?",
            edit.number as "edited_by?",
            draft.found as "draft?: Json<Draft>"
            "#
                + $from
                + r#"        join members as author on author.id = posts.author_id
        left join member_ranks on member_ranks.member_id = posts.author_id
        left join ranks on ranks.id = member_ranks.rank_id
        left join badges on badges.id = author.badge_id
        left join posts as answers on answers.id = posts.reply_to_id
        left join members as answers_author on answers_author.id = answers.author_id
        left join acceptances on acceptances.post_id = posts.id and acceptances.undone_at is null
        left join members as solver on solver.id = acceptances.accepted_by
        left join confirmations on confirmations.acceptance_id = acceptances.id
            and confirmations.member_id = $1
        left join lateral (
            select denied.position, last.undone_at, last.undone_because, last.confirmed, last.answered
            from acceptances as last
            join posts as denied on denied.id = last.post_id
            where last.thread_id = $2
                and last.undone_at is not null
            order by last.undone_at desc, last.id desc
            limit 1
        ) as refuted on posts.position = 1 and $3 and refuted.undone_because = 'unconfirmed'
        left join lateral (
            select
                array_agg(first.position order by first.position) as positions,
                array_agg(first.name order by first.position) as names
            from (
                select reply.position, members.name
                from posts as reply
                join members on members.id = reply.author_id
                where reply.reply_to_id = posts.id
                    and reply.deleted_at is null
                    and reply.removed_at is null
                    and reply.position is not null
                order by reply.position
                limit 8
            ) as first
        ) as answered on true
        left join lateral (
            select
                moderation_ledger.public_reason,
                moderator_numbers.number,
                moderation_ledger.act = 'hide_post' as held
            from moderation_ledger
            left join moderator_numbers on moderator_numbers.member_id = moderation_ledger.actor_id
            where moderation_ledger.post_id = posts.id
                and moderation_ledger.act in ('remove_post', 'hide_post')
            order by moderation_ledger.id desc
            limit 1
        ) as removal on posts.removed_at is not null
        left join lateral (
            select moderation_ledger.public_reason, moderator_numbers.number
            from moderation_ledger
            left join moderator_numbers on moderator_numbers.member_id = moderation_ledger.actor_id
            where posts.edited_by <> posts.author_id
                and moderation_ledger.post_id = posts.id
                and moderation_ledger.act = 'edit_post'
                and moderation_ledger.actor_id = posts.edited_by
                and moderation_ledger.at = posts.edited_at
            order by moderation_ledger.id desc
            limit 1
        ) as edit on true
        left join lateral (
            select
                jsonb_build_object(
                    'id', drafts.id, 'form_key', drafts.form_key, 'board', '', 'title', '', 'tags', '',
                    'body', drafts.body, 'reply_to', drafts.reply_to, 'version', drafts.version,
                    'saved_at', extract(epoch from drafts.saved_at)::bigint
                ) as found
            from drafts
            where drafts.member_id = $1
                and drafts.place = 't/' || $2::bigint
                and not exists (
                    select
                    from form_keys
                    where form_keys.member_id = $1
                        and form_keys.route = 'reply'
                        and form_keys.key = drafts.form_key
                )
        ) as draft on posts.position = $4
        order by posts.position
            "#,
            $viewer,
            $thread.id.0,
            $thread.asks() && $thread.solution_id.is_none(),
            $first,
            $($of),+
        )
        .fetch_all($db)
        .await
    };
}

/// The posts of one page, and on the first the accepted replies wherever they stand. A range of positions, so that every
/// page of a thread costs the same.
///
/// `limit 20` is the size of a page and takes nothing away: without it the planner takes the first page of a
/// long thread for most of the thread, because most threads have no other page, and reads whole tables.
pub(super) async fn posts(
    db: &mut PgConnection,
    viewer: Option<i64>,
    thread: &Thread,
    page: PageNumber,
) -> sqlx::Result<Vec<PostLine>> {
    posts!(
        db,
        viewer,
        thread,
        page.first(),
        r#"
        from (
            (
                select
                    page.id, page.position, page.author_id, page.html, page.reply_to_id, page.written_at,
                    page.edited_at, page.edited_by, page.deleted_at, page.removed_at, page.kudos
                from posts as page
                where page.thread_id = $2
                    and page.position between $5 and $6
                order by page.position
                limit 20
            )
            union all
            select
                solution.id, solution.position, solution.author_id, solution.html, solution.reply_to_id,
                solution.written_at, solution.edited_at, solution.edited_by, solution.deleted_at,
                solution.removed_at, solution.kudos
            from posts as solution
            where $7
                and solution.id in (
                    select standing.post_id
                    from acceptances as standing
                    where standing.thread_id = $2
                        and standing.undone_at is null
                )
                and solution.position > $6
        ) as posts
        "#,
        page.first(),
        page.last(),
        page == PageNumber::FIRST && thread.solution_id.is_some()
    )
}

const _: () = assert!(20 + 1 + MOST == 26, "so many rows the query below takes");

/// The posts at these places, in their order. Each is looked up by itself: the planner takes all threads for
/// short, and would read the whole of a long one.
pub(super) async fn posts_at(
    db: &mut PgConnection,
    viewer: Option<i64>,
    thread: &Thread,
    positions: &[i32],
) -> sqlx::Result<Vec<PostLine>> {
    let mut posts = posts!(
        db,
        viewer,
        thread,
        positions.first().copied().unwrap_or_default(),
        r#"
        from (
            select
                page.id, page.position, page.author_id, page.html, page.reply_to_id, page.written_at,
                page.edited_at, page.edited_by, page.deleted_at, page.removed_at, page.kudos
            from unnest($5::integer[]) as place (position)
            cross join lateral (
                select
                    there.id, there.position, there.author_id, there.html, there.reply_to_id,
                    there.written_at, there.edited_at, there.edited_by, there.deleted_at,
                    there.removed_at, there.kudos
                from posts as there
                where there.thread_id = $2
                    and there.position = place.position
                limit 1
            ) as page
            limit 26
        ) as posts
        "#,
        positions
    )?;
    posts.sort_by_key(|post| positions.iter().position(|&position| position == post.position));
    Ok(posts)
}

/// A reply that helped somebody.
pub(super) struct Helpful {
    pub(super) id: PostId,
    pub(super) position: i32,
    pub(super) name: String,
    html: Html,
}

impl Helpful {
    /// Its first words.
    pub(super) fn words(&self) -> String {
        markup::excerpt(&self.html, 160)
    }

    pub(super) fn deed_url(&self, deed: &str) -> String {
        format!("/p/{}/{deed}", self.id)
    }
}

/// The replies that helped most, by others than the asker.
pub(super) async fn helpful(
    db: &mut PgConnection,
    thread: &Thread,
    most: i64,
) -> sqlx::Result<Vec<Helpful>> {
    sqlx::query_as!(
        Helpful,
        r#"
        select posts.id, posts.position as "position!", members.name, posts.html as "html: Html"
        from posts
        join members on members.id = posts.author_id
        where posts.thread_id = $1
            and posts.kudos > 0
            and posts.position > 1
            and posts.deleted_at is null
            and posts.removed_at is null
            and posts.author_id <> $2
        order by posts.kudos desc, posts.position
        limit $3
        "#,
        thread.id.0,
        thread.author_id.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Why and when the thread was locked, and by which moderator.
pub(super) struct Lock {
    pub(super) public_reason: String,
    pub(super) number: Option<i32>,
}

/// The last lock of a thread.
pub(super) async fn lock(db: &mut PgConnection, thread: &Thread) -> sqlx::Result<Option<Lock>> {
    sqlx::query_as!(
        Lock,
        r#"
        select moderation_ledger.public_reason, moderator_numbers.number as "number?"
        from moderation_ledger
        left join moderator_numbers on moderator_numbers.member_id = moderation_ledger.actor_id
        where moderation_ledger.thread_id = $1
            and moderation_ledger.act = 'lock_thread'
        order by moderation_ledger.id desc
        limit 1
        "#,
        thread.id.0,
    )
    .fetch_optional(db)
    .await
}
