-- Replies can be read most helpful first; see docs/HELPFUL.md.

-- What kudos of a member weigh, in thousandths: as their rank says, or the first where they have none.
create function kudos_weight(giver bigint) returns integer language sql stable as $$
    select coalesce(
        (
            select ranks.kudos_weight
            from member_ranks
            join ranks on ranks.id = member_ranks.rank_id
            where member_ranks.member_id = giver
        ),
        (select ranks.kudos_weight from ranks where ranks.position = 1),
        1000
    )
$$;

alter table kudos
-- What it weighed when it was given, in thousandths; of nobody, and before this was known, as much as any.
add column weight integer not null default 1000;

alter table posts
-- What all kudos of the post weigh beyond one each, in thousandths.
add column kudos_extra bigint not null default 0;

-- Where a reply stands among those that nobody accepted, the first lowest: by the weight of its kudos, and
-- behind all others where it is gone, which no weight that a release before this one lost count of can come to.
-- The one place that says what a reply is worth to readers.
create function helpful_place(kudos integer, extra bigint, gone boolean) returns bigint language sql immutable as $$
    select case when gone then 1 else least(0, -(1000 * kudos::bigint + extra)) end
$$;

alter table members
-- Since when the member reads replies so; null for the order of time.
add column replies_by_help_since timestamptz;
