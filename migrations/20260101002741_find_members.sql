-- Finds members for those who run the community, by the beginnings of words. Not concurrently, because each index
-- has one narrow row for each member: over a million of them it is built in a second or two.

create index members_handle_begins on members (lower(handle) text_pattern_ops);

create index members_email_begins on members (lower(email) text_pattern_ops) where email is not null;

create index members_name_begins on members (lower(name) text_pattern_ops);

-- People are looked for by their last name as well.
create index members_last_name_begins on members (lower(substring(name from '[^ ]+$')) text_pattern_ops);

-- Those who have not proved their address.
create index members_unproved on members (id)
where email is not null and email_confirmed_at is null and closed_at is null;

-- Who was seen last.
create index sessions_seen on sessions (seen_at, member_id);

-- What was done to a member, for their page.
create index admin_log_of_members on admin_log (about_id, id) where about = 'member';

create index admin_log_concerning on admin_log (member_id, id) where member_id is not null;
