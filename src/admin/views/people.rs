use crate::{
    access::Level,
    kit::{GroupId, MemberId},
    members::{Author, Role},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// How large the community is.
pub(in crate::admin) struct Figures {
    pub(in crate::admin) boards: i64,
    pub(in crate::admin) groups: i64,
}

pub(in crate::admin) async fn figures(db: &mut PgConnection) -> sqlx::Result<Figures> {
    sqlx::query_as!(
        Figures,
        r#"
        select
            (select count(*) from boards where archived_at is null) as "boards!",
            (select count(*) from groups) as "groups!"
        "#,
    )
    .fetch_one(db)
    .await
}

/// Somebody with what they are beyond being a member.
pub(in crate::admin) struct Person {
    pub(in crate::admin) id: MemberId,
    pub(in crate::admin) handle: String,
    pub(in crate::admin) name: String,
    pub(in crate::admin) email: Option<String>,
    /// Whether the address was proved.
    pub(in crate::admin) confirmed: bool,
    pub(in crate::admin) joined_at: OffsetDateTime,
    pub(in crate::admin) closed_at: Option<OffsetDateTime>,
    pub(in crate::admin) erased_at: Option<OffsetDateTime>,
    /// When nothing will be left of a closed account.
    pub(in crate::admin) erase_at: Option<OffsetDateTime>,
    pub(in crate::admin) posts: i64,
    /// The rank come to; none where it is the lowest.
    pub(in crate::admin) rank: Option<String>,
    pub(in crate::admin) roles: Vec<Role>,
    /// The groups they are in, hidden ones too.
    pub(in crate::admin) groups: Vec<i64>,
    /// Whether an app's codes are asked for.
    pub(in crate::admin) app: bool,
    pub(in crate::admin) passkeys: i64,
}

impl Person {
    /// Who it is, for the picture.
    pub(in crate::admin) fn author(&self) -> Author {
        Author { id: self.id, handle: self.handle.clone(), name: self.name.clone() }
    }

    /// Where their roles stand.
    pub(in crate::admin) fn admin_url(&self) -> String {
        admin_url(&self.handle)
    }

    pub(in crate::admin) fn is_in(&self, group: GroupId) -> bool {
        self.groups.contains(&group.0)
    }
}

/// Where those who run the community see a member.
pub(in crate::admin) fn admin_url(handle: &str) -> String {
    format!("/admin/members/{handle}")
}

/// The member of this handle, in whatever case it is written; also one who closed their account.
pub(in crate::admin) async fn person(
    db: &mut PgConnection,
    handle: &str,
) -> sqlx::Result<Option<Person>> {
    sqlx::query_as!(
        Person,
        r#"
        select
            members.id,
            members.handle,
            members.name,
            members.email,
            members.email_confirmed_at is not null as "confirmed!",
            members.joined_at,
            members.closed_at,
            members.erased_at,
            (
                select closed_accounts.erase_at
                from closed_accounts
                where closed_accounts.member_id = members.id
            ) as "erase_at?",
            (
                select coalesce(sum(metric_totals.total), 0)::bigint
                from metric_totals
                where metric_totals.member_id = members.id
                    and metric_totals.metric in ('threads', 'replies')
            ) as "posts!",
            (
                select ranks.name
                from member_ranks
                join ranks on ranks.id = member_ranks.rank_id
                where member_ranks.member_id = members.id
            ) as "rank?",
            array(
                select member_roles.role
                from member_roles
                where member_roles.member_id = members.id
                order by member_roles.role desc
            ) as "roles!: Vec<Role>",
            array(
                select group_members.group_id
                from group_members
                where group_members.member_id = members.id
            ) as "groups!",
            -- Not "exists", for which the table would be read whole.
            coalesce(
                (
                    select totp_seeds.confirmed_at is not null
                    from totp_seeds
                    where totp_seeds.member_id = members.id
                ),
                false
            ) as "app!",
            (
                select count(*)
                from passkeys
                where passkeys.member_id = members.id
            ) as "passkeys!"
        from members
        where lower(members.handle) = lower($1)
        "#,
        handle,
    )
    .fetch_optional(db)
    .await
}

/// A board or category that has a rule.
pub(in crate::admin) struct Place {
    pub(in crate::admin) kind: String,
    pub(in crate::admin) slug: String,
    pub(in crate::admin) name: String,
    pub(in crate::admin) level: Option<Level>,
}

impl Place {
    /// Where its rules stand.
    pub(in crate::admin) fn url(&self) -> String {
        format!("/admin/{}/{}/rights", self.kind, self.slug)
    }
}

/// Where a group, or else a member, has rules of their own.
pub(in crate::admin) async fn ruled_places(
    db: &mut PgConnection,
    group: Option<GroupId>,
    member: Option<MemberId>,
) -> sqlx::Result<Vec<Place>> {
    sqlx::query_as!(
        Place,
        r#"
        select
            'boards' as "kind!",
            boards.slug as "slug!",
            boards.name as "name!",
            board_rights.level as "level: Level"
        from board_rights
        join boards on boards.id = board_rights.board_id
        where board_rights.category_id is null
            and (board_rights.group_id = $1 or board_rights.member_id = $2)
        union all
        select 'categories', categories.slug, categories.name, category_rights.level
        from category_rights
        join categories on categories.id = category_rights.category_id
        where category_rights.group_id = $1
            or category_rights.member_id = $2
        order by 3, 2
        "#,
        group.map(|group| group.0),
        member.map(|member| member.0),
    )
    .fetch_all(db)
    .await
}
