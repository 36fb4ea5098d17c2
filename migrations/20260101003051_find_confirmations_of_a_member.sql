-- Whether somebody said that an accepted reply helped them. Not concurrently: there is one narrow row for each
-- answer.
create index confirmations_of_member on confirmations (member_id);
