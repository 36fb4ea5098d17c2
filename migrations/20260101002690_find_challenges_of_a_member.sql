-- Whoever loses a way in loses what was asked of their passkeys: found without reading what others were asked.

create index passkey_challenges_of_member on passkey_challenges (member_id)
where member_id is not null;
