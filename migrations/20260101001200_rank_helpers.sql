-- The home page names who helped most of late. Adding that up from the ledger at each view costs more the
-- more a community does, so it is added up every few minutes; see src/reputation/helpers.rs.

-- The best of each board, with what they earned there lately. Made anew by a chore; nothing else writes it.
create table board_helpers (
    board_id  bigint not null references boards,
    member_id bigint not null references members,
    points    bigint not null,
    primary key (board_id, member_id)
);
