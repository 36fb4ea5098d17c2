//! Members as those who run the community look for them.
//!
//! A million members must not make a page slow, whatever is asked for. So whoever may be on it comes first, by
//! an index and never more than [`WINDOW`] at a time; then everything asked for is held against those few. A
//! page that finds nobody among them says where to look further.

mod candidates;

use crate::{
    kit::{Cursor, MemberId},
    members::{Author, Role},
    reputation::Rank,
};
use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// So many are looked at for one page.
const WINDOW: usize = 500;

/// So many are shown on one page.
const ON_A_PAGE: usize = 50;

/// How somebody stands to the community: what can be asked for beside roles, groups and ranks. Another one is
/// a row of [`STATES`] and a `when` in [`these`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::admin) enum AccountState {
    /// Open accounts.
    Open,
    /// The address is not proved.
    Unproved,
    /// Without a second factor.
    Single,
    /// Closed, and can be had back.
    Closed,
    /// Nothing is left.
    Erased,
}

/// States with their names in addresses and their texts.
pub(in crate::admin) const STATES: [(AccountState, &str, &str); 5] = [
    (AccountState::Open, "open", "admin-state-open"),
    (AccountState::Unproved, "unproved", "admin-state-unproved"),
    (AccountState::Single, "single", "admin-state-single"),
    (AccountState::Closed, "closed", "admin-state-closed"),
    (AccountState::Erased, "erased", "admin-state-erased"),
];

impl AccountState {
    fn name(self) -> &'static str {
        STATES.iter().find(|(state, ..)| *state == self).map_or("open", |(_, name, _)| name)
    }
}

/// In which order they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::admin) enum Sort {
    /// Who joined last comes first.
    #[default]
    Newest,
    /// Who was seen last comes first.
    Seen,
}

/// Who is looked for.
#[derive(Debug)]
pub(in crate::admin) struct Asked {
    /// The beginning of a handle, an address, a name or a last name; empty for everybody.
    pub(in crate::admin) words: String,
    pub(in crate::admin) role: Option<Role>,
    pub(in crate::admin) group: Option<i64>,
    pub(in crate::admin) rank: Option<i64>,
    pub(in crate::admin) state: AccountState,
    pub(in crate::admin) sort: Sort,
    pub(in crate::admin) from: Option<Cursor>,
}

/// A page of them.
pub(in crate::admin) struct Found {
    pub(in crate::admin) people: Vec<FoundLine>,
    /// Where the next page begins.
    pub(in crate::admin) next: Option<Cursor>,
    /// More may be what was asked for than can be put in order at once.
    pub(in crate::admin) cut: bool,
}

/// One of them.
pub(in crate::admin) struct FoundLine {
    id: MemberId,
    pub(in crate::admin) handle: String,
    pub(in crate::admin) name: String,
    pub(in crate::admin) roles: Vec<Role>,
    pub(in crate::admin) joined_at: OffsetDateTime,
    pub(in crate::admin) seen_at: Option<OffsetDateTime>,
    pub(in crate::admin) posts: i64,
    pub(in crate::admin) rank: Option<String>,
    /// Whether they have an address that they have not proved.
    pub(in crate::admin) unproved: bool,
    pub(in crate::admin) second_factor: bool,
    pub(in crate::admin) closed: bool,
    pub(in crate::admin) erased: bool,
    key: i64,
}

impl FoundLine {
    /// Who it is, for the picture.
    pub(in crate::admin) fn author(&self) -> Author {
        Author { id: self.id, handle: self.handle.clone(), name: self.name.clone() }
    }

    /// Where more stands.
    pub(in crate::admin) fn admin_url(&self) -> String {
        super::admin_url(&self.handle)
    }
}

/// Looks for members. `ladder` is that of the community, from below.
pub(in crate::admin) async fn found(
    db: &mut PgConnection,
    asked: &Asked,
    ladder: &[Rank],
) -> sqlx::Result<Found> {
    let candidates = candidates::of(db, asked, ladder).await?;
    let mut people = these(db, &candidates.ids, asked, ladder).await?;
    let mut next = candidates.end;
    if people.len() > ON_A_PAGE {
        people.truncate(ON_A_PAGE);
        next = people.last().map(|last| Cursor { key: last.key, id: last.id.0 });
    }
    Ok(Found { people, next, cut: candidates.cut })
}

/// Those of `ids` that are what was asked for, in order, beyond the cursor.
async fn these(
    db: &mut PgConnection,
    ids: &[i64],
    asked: &Asked,
    ladder: &[Rank],
) -> sqlx::Result<Vec<FoundLine>> {
    // Whoever has no row holds the lowest rank.
    let lowest = ladder.first().map(|rank| rank.id);
    let from = asked.from.unwrap_or(Cursor { key: i64::MAX, id: i64::MAX });
    sqlx::query_as!(
        FoundLine,
        r#"
        select
            known.id as "id!: MemberId",
            known.handle as "handle!",
            known.name as "name!",
            array(
                select member_roles.role
                from member_roles
                where member_roles.member_id = known.id
                order by member_roles.role desc
            ) as "roles!: Vec<Role>",
            known.joined_at as "joined_at!",
            known.seen_at as "seen_at?",
            (
                select coalesce(sum(metric_totals.total), 0)::bigint
                from metric_totals
                where metric_totals.member_id = known.id
                    and metric_totals.metric in ('threads', 'replies')
            ) as "posts!",
            (select ranks.name from ranks where ranks.id = known.rank_id) as "rank?",
            known.unproved as "unproved!",
            known.second_factor as "second_factor!",
            (known.closed_at is not null) as "closed!",
            (known.erased_at is not null) as "erased!",
            known.key as "key!"
        from (
            select
                members.id,
                members.handle,
                members.name,
                members.joined_at,
                members.closed_at,
                members.erased_at,
                seen.at as seen_at,
                (members.email is not null and members.email_confirmed_at is null) as unproved,
                coalesce(
                    (
                        select member_ranks.rank_id
                        from member_ranks
                        where member_ranks.member_id = members.id
                    ),
                    $7
                ) as rank_id,
                (
                    -- Not "exists", for which the tables would be read whole.
                    coalesce(
                        (
                            select totp_seeds.confirmed_at is not null
                            from totp_seeds
                            where totp_seeds.member_id = members.id
                        ),
                        false
                    )
                    or (select count(*) from passkeys where passkeys.member_id = members.id) > 0
                ) as second_factor,
                case when $8 then coalesce((extract(epoch from seen.at) * 1000000)::bigint, 0) else 0 end as key
            from unnest($1::bigint[]) as wanted (id)
            -- One by one: for so many the table would be read whole.
            cross join lateral (
                select id, handle, name, email, email_confirmed_at, joined_at, closed_at, erased_at
                from members
                where members.id = wanted.id
                limit 1
            ) as members
            cross join lateral (
                select max(sessions.seen_at) as at
                from sessions
                where sessions.member_id = members.id
            ) as seen
        ) as known
        where (
                $2::community_role is null
                or (
                    select count(*)
                    from member_roles
                    where member_roles.member_id = known.id
                        and member_roles.role = $2
                ) > 0
            )
            and (
                $3::bigint is null
                or (
                    select count(*)
                    from group_members
                    where group_members.member_id = known.id
                        and group_members.group_id = $3
                ) > 0
            )
            and ($4::bigint is null or known.rank_id = $4)
            and case $5
                when 'unproved' then known.unproved and known.closed_at is null
                when 'single' then not known.second_factor and known.closed_at is null
                when 'closed' then known.closed_at is not null and known.erased_at is null
                when 'erased' then known.erased_at is not null
                else known.closed_at is null
            end
            and (known.key < $6 or (known.key = $6 and known.id < $9))
        order by known.key desc, known.id desc
        limit 51
        "#,
        ids,
        asked.role as Option<Role>,
        asked.group,
        asked.rank,
        asked.state.name(),
        if asked.sort == Sort::Seen { from.key } else { 0 },
        lowest,
        asked.sort == Sort::Seen,
        from.id,
    )
    .fetch_all(db)
    .await
}
