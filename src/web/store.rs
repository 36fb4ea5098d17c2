use crate::{
    kit::MemberId,
    members::{Member, Role},
    settings::Settings,
};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// A heading of the rail.
#[derive(Debug, Clone, Deserialize)]
pub struct NavCategory {
    pub(crate) name: String,
    pub(crate) boards: Vec<NavBoard>,
}

/// A board in the rail.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct NavBoard {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) tone: i16,
}

pub(super) struct Surroundings {
    pub(super) settings: Json<Settings>,
    /// Whether the member has a second factor; not looked up where none is asked for.
    pub(super) has_second_factor: bool,
    /// Whether they moderate any board, by whatever rule; looked up only where moderators are asked for a
    /// second factor.
    pub(super) moderates: bool,
    /// Names of the texts that there are.
    pub(super) papers: Vec<String>,
    pub(super) consent_due: bool,
    pub(super) unread: i64,
    pub(super) waiting: i64,
    /// Flagged posts that wait for the member; none for those who moderate nothing.
    pub(super) reviews: Option<i64>,
    pub(super) seen_at: Option<OffsetDateTime>,
    pub(super) boards: Json<Vec<NavCategory>>,
    /// How the member wants pages to look, if they ever said.
    pub(super) reading: Option<String>,
    id: Option<MemberId>,
    handle: Option<String>,
    name: Option<String>,
    confirmed: Option<bool>,
    roles: Vec<Role>,
}

impl Surroundings {
    pub(super) fn member(&self) -> Option<Member> {
        Some(Member {
            id: self.id?,
            handle: self.handle.clone()?,
            name: self.name.clone()?,
            confirmed: self.confirmed?,
            roles: self.roles.clone(),
        })
    }
}

/// Everything that surrounds a page, in one round trip. A session counts until it expires, and only if it
/// was seen after `seen_after`.
pub(super) async fn surroundings(
    db: &mut PgConnection,
    token_hash: Option<&[u8]>,
    now: OffsetDateTime,
    seen_after: OffsetDateTime,
) -> sqlx::Result<Surroundings> {
    sqlx::query_as!(
        Surroundings,
        r#"
        select
            to_jsonb(settings) as "settings!: Json<Settings>",
            (
                settings.second_factor <> 'nobody'
                and (
                    coalesce(
                        (
                            select totp_seeds.confirmed_at is not null
                            from totp_seeds
                            where totp_seeds.member_id = members.id
                        ),
                        false
                    )
                    or (select count(*) from passkeys where passkeys.member_id = members.id) > 0
                )
            ) as "has_second_factor!",
            (
                settings.second_factor = 'staff'
                and exists (select from rights_of(members.id) where level = 'moderate')
            ) as "moderates!",
            array(select papers.name from papers where papers.withdrawn_at is null) as "papers!",
            (
                members.id is not null and exists (
                    select
                    from papers
                    where papers.name = 'terms'
                        and papers.withdrawn_at is null
                        and papers.consent_version > coalesce(
                            (
                                select consents.version
                                from consents
                                where consents.member_id = members.id
                                order by consents.version desc
                                limit 1
                            ),
                            0
                        )
                )
            ) as "consent_due!",
            members.id as "id?",
            members.handle as "handle?",
            members.name as "name?",
            (members.email_confirmed_at is not null) as "confirmed?",
            signed_in.seen_at as "seen_at?",
            members.reading as "reading?",
            array(
                select member_roles.role
                from member_roles
                where member_roles.member_id = members.id
            ) as "roles!: Vec<Role>",
            (
                -- Lines: all kudos for a post are one.
                select count(distinct case when notice.kind = 'kudos' then -notice.post_id else notice.id end)
                from inbox_kept(members.id) as notice
                where notice.seen_at is null
            ) as "unread!",
            case
                when 'admin' = any (
                    array(
                        select member_roles.role
                        from member_roles
                        where member_roles.member_id = members.id
                    )
                ) then (
                    select count(*)
                    from (
                        select
                        from applications
                        where waits_for = 'approval'
                            and email_confirmed_at is not null
                            and declined_at is null
                        limit 100
                    ) as waiting
                )
                else 0
            end as "waiting!",
            case
                when exists (select from rights_of(members.id) where level = 'moderate') then (
                    select count(*)
                    from (
                        select
                        from rights_of(members.id) as moderated
                        join review_cases on review_cases.board_id = moderated.board_id
                            and review_cases.settled_at is null
                            and review_cases.author_id <> members.id
                        where moderated.level = 'moderate'
                        limit 100
                    ) as flagged
                )
            end as "reviews?",
            (
                select coalesce(json_agg(category.line order by category.position, category.id), '[]')
                from (
                    select
                        categories.position,
                        categories.id,
                        json_build_object(
                            'name', categories.name,
                            'boards', json_agg(
                                json_build_object('slug', boards.slug, 'name', boards.name, 'tone', boards.tone)
                                order by boards.position, boards.id
                            )
                        ) as line
                    from visible_boards(members.id) as visible
                    join boards on boards.id = visible.board_id
                    join categories on categories.id = boards.category_id
                    group by categories.id
                ) as category
            ) as "boards!: Json<Vec<NavCategory>>"
        from settings
        left join (
            select sessions.member_id, sessions.seen_at
            from sessions
            where sessions.token_hash = $1
                and sessions.expires_at > $2
                and sessions.seen_at > $3
        ) as signed_in on true
        left join members on members.id = signed_in.member_id
            and members.closed_at is null
        "#,
        token_hash,
        now,
        seen_after,
    )
    .fetch_one(db)
    .await
}

/// Notes that a session is in use.
pub(super) async fn seen(
    db: &mut PgConnection,
    token_hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("update sessions set seen_at = $2 where token_hash = $1", token_hash, now)
        .execute(db)
        .await?;
    Ok(())
}

/// Whether the database answers.
pub(super) async fn answers(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select only_row from schema_floor").fetch_one(db).await?;
    Ok(())
}

impl NavBoard {
    pub(crate) fn url(&self) -> String {
        crate::boards::board_url(&self.slug)
    }
}
