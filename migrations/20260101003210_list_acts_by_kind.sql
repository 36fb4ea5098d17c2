-- Finds acts of moderation by what was done, and by whether somebody did it or the community itself. Not concurrently,
-- because the table holds a line for each act of few people: a million are indexed in a second.
create index moderation_ledger_of_kind on moderation_ledger (board_id, act, (actor_system is not null), id desc);
