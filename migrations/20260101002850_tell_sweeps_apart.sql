-- The day on which a sweep began, and who holds a rank.
--
-- Expands only. A sweep notes its day when it begins.

-- Whoever was counted before midnight was counted as of the day before, and so must the sweep be.
alter table rank_sweep add column began date;

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
