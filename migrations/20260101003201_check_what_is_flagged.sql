-- Reads over the rows that were there before, which the wider checks all let pass.
alter table moderation_ledger validate constraint moderation_ledger_act;

alter table notifications validate constraint notifications_kind;
