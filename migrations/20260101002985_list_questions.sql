-- For lists of questions over all boards, and for those of a member's own. Not concurrently, because one that fails
-- half-way would have to be found and dropped by hand. Each takes about a second for a million threads, in which
-- nobody can write and everybody can read.
create index threads_solved on threads (board_id, solved_at desc, id desc)
where closed_at is null and solution_id is not null;

create index threads_of_member on threads (author_id, started_at desc, id desc) where closed_at is null;

create index me_toos_of_member on me_toos (member_id, at desc, thread_id desc) where carried_from is null;
