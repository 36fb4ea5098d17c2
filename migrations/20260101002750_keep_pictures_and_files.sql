-- Pictures and files that members upload and show in posts. What they hold lies in the store, under the hash
-- of its bytes; here stands what it is, whose it is and which posts show it.

-- Contents of the store, each once, however many need it. A row stands before its file is written and goes
-- with it, so that no file is forgotten. Written by attachments alone.
create table blobs (
    -- SHA-256 of the content.
    hash         bytea       not null primary key,
    bytes        bigint      not null,
    -- Since when nothing needs it; absent while something does.
    unused_since timestamptz,
    constraint blobs_hash check (octet_length(hash) = 32),
    constraint blobs_bytes check (bytes > 0)
);

create index blobs_unused on blobs (unused_since) where unused_since is not null;

-- A picture has two smaller ones; of an animation they are still.
create type attachment_kind as enum ('picture', 'animation', 'file');

create table attachments (
    id           bigint          not null generated always as identity primary key,
    member_id    bigint          not null references members,
    kind         attachment_kind not null,
    -- As it was called where it came from; shown, and never part of a path.
    name         text            not null,
    -- By its content, never by its name.
    media_type   text            not null,
    -- As it is kept, after whatever it said of its maker was taken out.
    bytes        bigint          not null,
    hash         bytea           not null references blobs,
    width        integer,
    height       integer,
    small_hash   bytea           references blobs,
    medium_hash  bytea           references blobs,
    uploaded_at  timestamptz     not null,
    -- Since when no post shows it; absent while one does.
    unused_since timestamptz,
    -- The same again is the same: a form sent twice has the same text. Serves sums by member as well.
    constraint attachments_once unique (member_id, hash, name),
    constraint attachments_name check (length(name) between 1 and 120),
    constraint attachments_pictures check (
        (kind = 'file') = (width is null)
        and num_nonnulls(width, height, small_hash, medium_hash) in (0, 4)
    )
);

create index attachments_unused on attachments (unused_since) where unused_since is not null;
create index attachments_of_hash on attachments (hash);
create index attachments_of_small on attachments (small_hash) where small_hash is not null;
create index attachments_of_medium on attachments (medium_hash) where medium_hash is not null;

-- Which posts show what, by the text that stands. Whoever may read one of the posts may have it.
create table post_attachments (
    post_id       bigint not null references posts,
    attachment_id bigint not null references attachments,
    constraint post_attachments_once primary key (post_id, attachment_id)
);

create index post_attachments_of_attachment on post_attachments (attachment_id);

-- Files on their way in, piece by piece; gone a day after the last piece.
create table uploads (
    id            uuid        not null primary key,
    member_id     bigint      not null references members,
    name          text        not null,
    -- How long it will be, and how much of it is here.
    bytes         bigint      not null,
    received      bigint      not null default 0,
    touched_at    timestamptz not null,
    -- What became of it.
    attachment_id bigint      references attachments on delete cascade,
    constraint uploads_bytes check (bytes > 0 and received between 0 and bytes)
);

create index uploads_of_member on uploads (member_id);
create index uploads_touched on uploads (touched_at);
create index uploads_of_attachment on uploads (attachment_id) where attachment_id is not null;

-- In megabytes: the longest file, and what all files of one member may come to.
alter table settings
add column largest_upload integer not null default 20,
add column uploads_each integer not null default 500,
add constraint settings_largest_upload check (largest_upload between 1 and 64),
add constraint settings_uploads_each check (uploads_each between 1 and 1000000);
