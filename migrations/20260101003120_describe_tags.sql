-- Tags say what they mean, go by other names, have followers, and some are given by those who run the community
-- alone.
alter table tags
    -- What it means, in one line.
    add column description    text    not null default '',
    -- Since when its name is a synonym of another, to which it gives what it has; then it ends. Nobody finds it.
    add column ends_since     timestamptz,
    -- Since when only staff, moderators and administrators give it.
    add column restricted_at  timestamptz,
    -- How many threads have it, and how many of those everybody may see, each as far as 10,000. For the order of
    -- lists alone, so counted now and then; what members see goes by the second, lest it tell of the hidden.
    add column threads        integer not null default 0,
    add column public_threads integer not null default 0,
    add column counted_at     timestamptz;

-- For the lists of tags, the most used first.
create index tags_by_use on tags (public_threads desc, id desc) where ends_since is null and threads > 0;
create index tags_by_all_use on tags (threads desc, id desc) where ends_since is null;

-- For the chore that counts.
create index tags_by_count on tags (counted_at nulls first);

-- For looking for one by its beginning.
create index tags_by_beginning on tags (name collate "C");

-- Other names of tags. Where a tag bears such a name as well, the synonym holds, and the tag is on its way out.
create table tag_synonyms (
    name          text primary key,
    tag_id        bigint      not null references tags,
    added_at      timestamptz not null,
    -- Since when threads and followers of a tag that bore this name are carried over; null once they are.
    carries_since timestamptz
);

create index tag_synonyms_of_tag on tag_synonyms (tag_id, name);

-- For looking for one by its beginning.
create index tag_synonyms_by_beginning on tag_synonyms (name collate "C") include (tag_id);

-- For the chore that carries over.
create index tag_synonyms_that_carry on tag_synonyms (carries_since, name) where carries_since is not null;

-- Who hears of new threads with a tag.
create table tag_follows (
    tag_id    bigint      not null references tags,
    member_id bigint      not null references members,
    since     timestamptz not null,
    primary key (tag_id, member_id)
);

-- For what a member follows.
create index tag_follows_of_member on tag_follows (member_id, tag_id);
