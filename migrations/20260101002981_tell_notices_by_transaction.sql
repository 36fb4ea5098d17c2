-- Which transaction wrote a line of an inbox. Numbers of lines are given before the commit, so a line with a
-- lower number than one that was shown may not have been there yet; the page says which transactions were
-- still writing when it was drawn. Null for older lines, which everybody has been able to see for long.
alter table notifications
add column written_in bigint;

alter table notifications
alter column written_in set default pg_current_xact_id()::text::bigint;
