-- A group's page begins with its owners and whoever came last, and with who has waited longest, however many
-- there are. Groups are new, so there is nothing yet to build these over.
create index group_members_in_order on group_members (group_id, (owner_since is null), since desc, member_id desc);

create index group_requests_in_order on group_requests (group_id, at, member_id);
