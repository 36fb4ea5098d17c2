-- What a provider brought members into is asked for when it is switched off, pointed elsewhere or maps a group
-- no more.

-- For taking them out.
create index provider_memberships_of_provider on provider_memberships (provider_id, group_id);
