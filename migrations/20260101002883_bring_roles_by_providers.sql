-- Roles that follow what a sign-in provider says of somebody, as groups do. Administrators are made by
-- administrators alone.

-- What a provider says that brings which role.
create table provider_roles (
    provider_id bigint         not null references providers,
    value       text           not null,
    role        community_role not null,
    constraint provider_roles_once primary key (provider_id, value, role),
    constraint provider_roles_brought check (role in ('moderator', 'staff'))
);

-- Who has a role by a provider. Whoever has it by somebody's hand does not stand here.
create table provider_role_holders (
    member_id   bigint         not null references members,
    role        community_role not null,
    provider_id bigint         not null references providers,
    constraint provider_role_holders_once primary key (member_id, role, provider_id)
);

create index provider_role_holders_by_provider on provider_role_holders (provider_id, role);

grant select, insert, update, delete on provider_roles, provider_role_holders to candor_app;
