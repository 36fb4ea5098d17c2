-- Closed threads keep no words: they would crowd those that can be shown out of the youngest of each word.
create or replace function note_thread_words() returns trigger language plpgsql as $$
begin
    delete from thread_words where thread_id = new.id;
    insert into thread_words (thread_id, word, board_id)
    select new.id, words.lexeme, new.board_id
    from unnest(to_tsvector('english', new.title)) as words
    where new.closed_at is null;
    return null;
end
$$;

-- In place of the one that was, which keeps readers out of the threads no moment.
create or replace trigger threads_have_words
after insert or update of title, closed_at on threads
for each row execute function note_thread_words();
