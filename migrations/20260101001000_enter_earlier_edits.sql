-- Edits of others' posts that moderators made before these were entered in the ledger: their history named
-- them, and now names their pseudonym. Nobody was asked for a reason then. An import's edits were made
-- elsewhere; its events have no actor.
insert into moderator_numbers (member_id)
select outbox.actor_id
from outbox
join posts on posts.id = (outbox.event -> 'post_edited' ->> 'post')::bigint
where outbox.name = 'post_edited'
    and outbox.actor_id <> posts.author_id
group by outbox.actor_id
order by min(outbox.id)
on conflict do nothing;

insert into moderation_ledger (act, actor_id, board_id, thread_id, post_id, public_reason, at)
select 'edit_post', outbox.actor_id, threads.board_id, threads.id, posts.id, '', outbox.at
from outbox
join posts on posts.id = (outbox.event -> 'post_edited' ->> 'post')::bigint
join threads on threads.id = posts.thread_id
where outbox.name = 'post_edited'
    and outbox.actor_id <> posts.author_id
order by outbox.id;

alter table moderation_ledger validate constraint moderation_ledger_act;

alter table notifications validate constraint notifications_kind;
