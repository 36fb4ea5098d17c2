-- Apart from the columns, so that their lock, which keeps readers out, is not held while this is built. Not
-- concurrently, because one that fails half-way would have to be found and dropped by hand. It takes some ten
-- seconds for a million posts, in which nobody can write.

-- For the replies of a thread from any of them on; of equal ones the older first.
create index posts_by_help on posts (
    thread_id, helpful_place(kudos, kudos_extra, deleted_at is not null or removed_at is not null), position
)
where position > 1;
