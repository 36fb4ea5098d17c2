//! What a profile shows of other rooms.

use super::{Author, Role};
use crate::{
    boards::board_url,
    kit::{MemberId, ThreadId},
    markup::Html,
    threads::thread::post_url,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A member as everybody may know them.
pub(super) struct Profile {
    pub(super) id: MemberId,
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) about_html: Html,
    pub(super) joined_at: OffsetDateTime,
    pub(super) roles: Vec<Role>,
    pub(super) points: i64,
    /// Different people who accepted a reply of theirs, or confirmed one: see `Metric::DistinctHelped`.
    pub(super) helped: i64,
    pub(super) solutions: i64,
    pub(super) kudos: i64,
    pub(super) replies: i64,
}

impl Profile {
    /// Who it is, for the picture.
    pub(super) fn author(&self) -> Author {
        Author { id: self.id, handle: self.handle.clone(), name: self.name.clone() }
    }

    /// Whether the member speaks for the brand.
    pub(super) fn is_staff(&self) -> bool {
        self.roles.iter().any(|role| matches!(role, Role::Staff | Role::Admin))
    }

    /// Whether the member keeps the place fair.
    pub(super) fn is_moderator(&self) -> bool {
        self.roles.contains(&Role::Moderator)
    }

    /// Whether the member runs the community.
    pub(super) fn is_admin(&self) -> bool {
        self.roles.contains(&Role::Admin)
    }
}

/// The member of this handle, in whatever case it is written.
pub(super) async fn profile(db: &mut PgConnection, handle: &str) -> sqlx::Result<Option<Profile>> {
    sqlx::query_as!(
        Profile,
        r#"
        select
            members.id,
            members.handle,
            members.name,
            members.about_html as "about_html: Html",
            members.joined_at,
            array(
                select member_roles.role
                from member_roles
                where member_roles.member_id = members.id
            ) as "roles!: Vec<Role>",
            greatest(earned.points, 0) as "points!",
            (
                select count(*)
                from (
                    select metric_pairs.other_id
                    from metric_pairs
                    where metric_pairs.member_id = members.id
                        and metric_pairs.metric in ('solutions', 'confirmations')
                    group by metric_pairs.other_id
                    having sum(metric_pairs.times) > 0
                ) as helped
            ) as "helped!",
            earned.solutions as "solutions!",
            earned.kudos as "kudos!",
            earned.replies as "replies!"
        from members
        cross join lateral (
            select
                (
                    1000 * coalesce(sum(total) filter (where metric = 'points'), 0)
                    + coalesce(sum(total) filter (where metric = 'point_thousandths'), 0)
                )::bigint / 1000 as points,
                coalesce(sum(total) filter (where metric = 'solutions'), 0)::bigint as solutions,
                coalesce(sum(total) filter (where metric = 'kudos_received'), 0)::bigint as kudos,
                coalesce(sum(total) filter (where metric = 'replies'), 0)::bigint as replies
            from metric_totals
            where metric_totals.member_id = members.id
        ) as earned
        where lower(members.handle) = lower($1)
            and members.closed_at is null
        "#,
        handle,
    )
    .fetch_optional(db)
    .await
}

/// A post as a line of its author's profile.
pub(super) struct PostLine {
    thread_id: ThreadId,
    pub(super) title: String,
    position: i32,
    pub(super) board_name: String,
    board_slug: String,
    pub(super) board_tone: i16,
    pub(super) html: Html,
    pub(super) written_at: OffsetDateTime,
    pub(super) kudos: i32,
    pub(super) solution: bool,
}

impl PostLine {
    /// Where it is read.
    pub(super) fn url(&self) -> String {
        post_url(self.thread_id, &self.title, self.position)
    }

    /// The address of its board.
    pub(super) fn board_url(&self) -> String {
        board_url(&self.board_slug)
    }

    /// Its first words.
    pub(super) fn words(&self) -> String {
        crate::markup::excerpt(&self.html, 220)
    }
}

/// What a member wrote last and the viewer may read. Of the posts of a member the 200 youngest are
/// looked at, however many of them stand where the viewer may not look.
pub(super) async fn recent_posts(
    db: &mut PgConnection,
    viewer: Option<i64>,
    author: MemberId,
    most: i64,
) -> sqlx::Result<Vec<PostLine>> {
    sqlx::query_as!(
        PostLine,
        r#"
        select
            threads.id as thread_id,
            threads.title,
            posts.position as "position!",
            boards.name as board_name,
            boards.slug as board_slug,
            boards.tone as board_tone,
            posts.html as "html: Html",
            posts.written_at,
            posts.kudos,
            (threads.solution_id is not distinct from posts.id) as "solution!"
        from (
            select posts.id
            from posts
            where posts.author_id = $2
            order by posts.id desc
            limit 200
        ) as youngest
        join posts on posts.id = youngest.id
        join threads on threads.id = posts.thread_id
        join boards on boards.id = threads.board_id
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        where posts.position is not null
            and posts.deleted_at is null
            and posts.removed_at is null
            and threads.closed_at is null
        order by posts.id desc
        limit $3
        "#,
        viewer,
        author.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// What a member did on a day, where the viewer may look.
pub(super) struct DayDone {
    pub(super) day: Date,
    /// Threads and replies.
    pub(super) posts: i64,
    /// Of a point.
    pub(super) thousandths: i64,
}

/// The days on which a member did or earned something, from the first after `before`.
pub(super) async fn days_done(
    db: &mut PgConnection,
    viewer: Option<i64>,
    member: MemberId,
    before: Date,
) -> sqlx::Result<Vec<DayDone>> {
    sqlx::query_as!(
        DayDone,
        r#"
        select
            metric_days.day,
            coalesce(
                sum(metric_days.total) filter (where metric_days.metric in ('threads', 'replies')),
                0
            )::bigint as "posts!",
            coalesce(
                sum(
                    case metric_days.metric
                        when 'points' then 1000
                        when 'point_thousandths' then 1
                        else 0
                    end * metric_days.total
                ),
                0
            )::bigint as "thousandths!"
        from metric_days
        join visible_boards($1) as visible on visible.board_id = metric_days.board_id
        where metric_days.member_id = $2
            and metric_days.metric in ('threads', 'replies', 'points', 'point_thousandths')
            and metric_days.day > $3
        group by metric_days.day
        order by metric_days.day
        "#,
        viewer,
        member.0,
        before,
    )
    .fetch_all(db)
    .await
}
