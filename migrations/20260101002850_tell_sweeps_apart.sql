-- What counting everybody anew and counting the old entries of the ledger lacked: the day on which a sweep began,
-- and whom entries came from that were made before the ledger said so.
--
-- Expands only. Nothing is filled here: a sweep notes its day when it begins, and the old entries of a community
-- that is counted already are put right by candor doctor --repair.

-- Whoever was counted before midnight was counted as of the day before, and so must the sweep be.
alter table rank_sweep add column began date;

-- Whom an entry came from that does not say so itself: the accepter of a reply, the giver of kudos. Kudos that were
-- taken back have no row any more; the entry that took them back names their giver. Null where nobody knows.
create function earned_from(metric text, cause text) returns bigint
language sql stable as $$
    select case
        when metric = 'solutions' and cause ~ '^acceptance:[0-9]+(:|$)' then (
            select acceptances.accepted_by
            from acceptances
            where acceptances.id = split_part(cause, ':', 2)::bigint
        )
        when metric = 'kudos_received' and cause ~ '^kudos:[0-9]+$' then coalesce(
            (select kudos.giver_id from kudos where kudos.id = split_part(cause, ':', 2)::bigint),
            (
                select undoing.other_id
                from metric_events as undoing
                where undoing.cause = earned_from.cause || ':revoked'
                    and undoing.metric = 'kudos_received'
            )
        )
    end
$$;

-- Who holds a rank or a higher one, for rooms that know nothing of the ladder. Those who never did anything have
-- no rank noted, and hold the lowest once a sweep has seen them.
create function rank_holders(rank bigint) returns table (member_id bigint)
language sql stable as $$
    select member_ranks.member_id
    from ranks as least
    join ranks as reached on reached.position >= least.position
    join member_ranks on member_ranks.rank_id = reached.id
    where least.id = rank
$$;
