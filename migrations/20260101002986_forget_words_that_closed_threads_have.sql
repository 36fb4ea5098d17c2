-- The words of threads that were closed before; those closed since have none. Apart from the trigger, so that its
-- lock is not held while these are looked for.
delete from thread_words
using threads
where threads.id = thread_words.thread_id
    and threads.closed_at is not null;
