-- What a member uploaded is in the copy of everything about them, and not in the database: such a piece names a
-- content of the store, and its `bytes` are empty. It is no reference, for a copy keeps nothing; a content stays
-- in the store for longer than a copy lasts after nothing needs it.
alter table copy_parts
add column content bytea,
add constraint copy_parts_content check (content is null or length(bytes) = 0) not valid;

alter table copy_parts validate constraint copy_parts_content;
