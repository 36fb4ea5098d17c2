-- Finds what a member did to others and others to them, for the copy they can take of everything about them. Not
-- concurrently, because these tables hold a line for each act of few people: a million are indexed in a second.
create index acceptances_by on acceptances (accepted_by) where accepted_by is not null;

create index acceptances_undone_by on acceptances (undone_by) where undone_by is not null;

create index moderation_ledger_of_actor on moderation_ledger (actor_id) where actor_id is not null;

create index admin_log_of_actor on admin_log (actor_id) where actor_id is not null;

create index admin_log_of_member on admin_log (member_id) where member_id is not null;

create index admin_log_about_member on admin_log (about_id) where about = 'member';
