-- The list of a tag walked over the threads that its viewer may not see, however many. With the board
-- beside each tag an index goes straight to those of one board.

-- The board of the thread, which never changes. Null only until the next migration has filled it.
alter table thread_tags add column board_id bigint;

-- Not by the server, because the release before this one does not know the column.
create function place_tag() returns trigger language plpgsql as $$
begin
    select threads.board_id into new.board_id
    from threads
    where threads.id = new.thread_id;
    return new;
end
$$;

create trigger thread_tags_are_placed
before insert on thread_tags
for each row execute function place_tag();
