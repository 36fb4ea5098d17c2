-- Texts that their authors are still writing, so that no crash, sign-out or lost connection takes them.
create table drafts (
    id        bigint generated always as identity primary key,
    member_id bigint      not null references members,
    -- What the text is for: 't/7' is a reply there, 'p/41' a change of that post, 'ask/' and the form's key
    -- a new thread.
    place     text        not null,
    thread_id bigint references threads,
    post_id   bigint references posts,
    -- Of the form, so that a text taken up again on another device is still posted once; a change needs none.
    form_key  uuid,
    -- Of a new thread: the board that is chosen, by its name in addresses, whether or not there is such a board.
    board     text        not null default '',
    title     text        not null default '',
    tags      text        not null default '',
    body      text        not null,
    -- The position a reply answers.
    reply_to  integer,
    -- Another one with each saving: whoever saves says which one they go on from.
    version   uuid        not null,
    saved_at  timestamptz not null,
    constraint drafts_place unique (member_id, place),
    constraint drafts_of_one_thing check (num_nonnulls(thread_id, post_id) <= 1),
    constraint drafts_key check ((form_key is null) = (post_id is not null)),
    constraint drafts_size check (octet_length(board) + octet_length(title) + octet_length(tags) + octet_length(body) <= 80000)
);

-- For the list of a member's drafts, and the new thread they wrote at last.
create index drafts_of_member on drafts (member_id, saved_at desc, id desc);

-- For those that nobody comes back to.
create index drafts_by_age on drafts (saved_at);
