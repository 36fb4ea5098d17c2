-- The tags of a thread as they were before an edit of its opening post; unknown before this was kept.
alter table post_revisions add column tags text[];
