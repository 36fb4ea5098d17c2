-- A member may move to another address. The wish stands with the account, so that whatever calls it off,
-- such as a new password, makes every link that was mailed for it worthless, and those not mailed yet.
alter table members
    -- Becomes the member's when a link that was sent to it is used.
    add column email_wanted text;

alter table member_tokens
    drop constraint member_tokens_purpose,
    add constraint member_tokens_purpose
        check (purpose in ('confirm_email', 'reset_password', 'change_email')) not valid;
