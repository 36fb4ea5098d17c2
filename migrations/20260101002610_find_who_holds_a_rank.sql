-- Finds who holds a rank: for a group that takes in its holders, and before a rank is taken from the ladder. Not
-- concurrently, because there is one narrow row for each member: over a million of them it is built in a second.
create index member_ranks_of_rank on member_ranks (rank_id, member_id);
