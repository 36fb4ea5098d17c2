-- Indexes with which lists over all boards take the first of each board that their viewer may see, and
-- walk over nothing else.

-- At once and not by a job: rows are short, nobody waits for them, and until all of them are filled the
-- lists of tags would have holes.
update thread_tags
set board_id = threads.board_id
from threads
where threads.id = thread_tags.thread_id
    and thread_tags.board_id is null;

-- For the list of a tag.
create index thread_tags_on_board on thread_tags (tag_id, board_id, thread_id desc);

-- For the public record.
create index moderation_ledger_on_board on moderation_ledger (board_id, id desc);

-- Nothing reads these any more but the release before this one, so the next may drop them:
-- thread_tags_by_tag, threads_recent, threads_newest, threads_open_questions.
