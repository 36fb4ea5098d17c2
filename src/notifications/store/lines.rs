use crate::{
    kit::{Cursor, MemberId, NoticeId, ThreadId},
    markup::Html,
    moderation::cases::Outcome,
    notifications::notice::{Kind, Notice},
    reputation, threads,
};
use sqlx::PgConnection;

/// The inbox beyond a place in it, the youngest first. Kudos for the same post are one line, unread ones
/// apart from those that were seen; the youngest of them stands for all.
pub(in crate::notifications) async fn page(
    db: &mut PgConnection,
    member: MemberId,
    beyond: Option<Cursor>,
    most: i64,
) -> sqlx::Result<Vec<Notice>> {
    sqlx::query_as!(
        Notice,
        r#"
        select
            notice.id as "id!: NoticeId",
            notice.kind as "kind!: Kind",
            notice.position,
            notice.thread_title,
            notice.at as "at!",
            notice.seen_at is not null as "seen!",
            actor.id as "actor_id?",
            actor.handle as "actor_handle?",
            actor.name as "actor_name?",
            ranks.name as "rank?",
            former.name as "former_rank?",
            badges.name as "badge?",
            badges.icon as "badge_icon?",
            (award.revoked_at = notice.at) as "badge_lost?",
            written.html as "html?: Html",
            coalesce(
                act.public_reason,
                case when award.revoked_at = notice.at then award.revoked_because else award.reason end
            ) as "reason?",
            moderator_numbers.number as "moderator?",
            verdict.outcome as "verdict?: Outcome",
            greatest(bundle.lines - 1, 0) as "others!",
            coalesce(bundle.newest, notice.id) as "newest!: NoticeId"
        from inbox_kept($1) as notice
        left join members as actor on actor.id = notice.actor_id
        left join ranks on ranks.id = notice.rank_id
        left join notifications as itself on itself.id = notice.id
            and notice.kind = 'rank'
        left join ranks as former on former.id = itself.former_rank_id
        -- The event and the award share the deed's time.
        left join badge_awards as award on award.id = itself.award_id
        left join badges on badges.id = award.badge_id
        left join posts as written on written.id = notice.post_id
            and notice.kind in ('reply', 'mention', 'quote')
        -- The event and the ledger share the deed's time.
        left join lateral (
            select moderation_ledger.public_reason, moderation_ledger.actor_id
            from moderation_ledger
            where moderation_ledger.post_id = notice.post_id
                and moderation_ledger.at = notice.at
                and moderation_ledger.act = case notice.kind
                    when 'removal' then 'remove_post'
                    when 'verdict' then 'remove_post'
                    when 'restoration' then 'restore_post'
                    when 'edit' then 'edit_post'
                end
            order by moderation_ledger.id desc
            limit 1
        ) as act on true
        left join moderator_numbers on moderator_numbers.member_id = act.actor_id
        left join lateral (
            select review_cases.outcome
            from flags
            join review_cases on review_cases.id = flags.case_id
            where flags.post_id = notice.post_id
                and flags.member_id = $1
                and notice.kind = 'verdict'
        ) as verdict on true
        cross join lateral (
            select count(*) as lines, max(same.id) as newest
            from notifications as same
            where same.kind = 'kudos'
                and notice.kind = 'kudos'
                and same.post_id = notice.post_id
                and (same.seen_at is null) = (notice.seen_at is null)
        ) as bundle
        where (notice.at, notice.id) < ($2, $3)
            and not exists (
                select
                from notifications as younger
                where younger.kind = 'kudos'
                    and notice.kind = 'kudos'
                    and younger.post_id = notice.post_id
                    and (younger.seen_at is null) = (notice.seen_at is null)
                    and (younger.at, younger.id) > (notice.at, notice.id)
            )
        order by notice.at desc, notice.id desc
        limit $4
        "#,
        member.0,
        Cursor::time_or_latest(beyond),
        beyond.map_or(i64::MAX, |cursor| cursor.id),
        most,
    )
    .fetch_all(db)
    .await
}

/// What opening a line needs to know of it.
pub(in crate::notifications) struct Opened {
    pub(in crate::notifications) thread_id: Option<ThreadId>,
    pub(in crate::notifications) position: Option<i32>,
    /// The name of the badge in addresses.
    pub(in crate::notifications) badge: Option<String>,
}

impl Opened {
    /// Where what the line tells of stands: the post, the badge, or the ladder of ranks.
    pub(in crate::notifications) fn place(&self) -> String {
        match (self.thread_id, self.position) {
            (Some(thread), Some(position)) => threads::permalink(thread, position),
            _ => self.badge.as_deref().map_or("/ranks".to_owned(), reputation::badge_url),
        }
    }
}

/// A line of the member's inbox.
pub(in crate::notifications) async fn line(
    db: &mut PgConnection,
    member: MemberId,
    id: NoticeId,
) -> sqlx::Result<Option<Opened>> {
    sqlx::query_as!(
        Opened,
        r#"
        select
            notice.thread_id as "thread_id: ThreadId",
            notice.position,
            badges.slug as "badge?"
        from inbox_kept($1) as notice
        left join notifications as itself on itself.id = notice.id
            and notice.kind = 'rank'
        left join badge_awards on badge_awards.id = itself.award_id
        left join badges on badges.id = badge_awards.badge_id
        where notice.id = $2
        "#,
        member.0,
        id.0,
    )
    .fetch_optional(db)
    .await
}
