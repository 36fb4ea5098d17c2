-- What every other migration stands on: who may touch the tables, how far back a server may be,
-- and the lock on history.
--
-- Migrations run as candor_owner; the server runs as candor_app (made before the first migration,
-- because the migrations' own bookkeeping must already belong to candor_owner).

grant usage on schema public to candor_app;

alter default privileges in schema public grant select, insert, update, delete on tables to candor_app;
alter default privileges in schema public grant usage, select on sequences to candor_app;

-- The oldest migration a server must know to run on this schema. Expanding migrations leave it
-- alone, so that the previous release keeps running; a contracting one raises it.
create table schema_floor (
    only_row boolean primary key default true,
    version  bigint  not null,
    constraint schema_floor_one_row check (only_row)
);

insert into schema_floor (version)
values (20260101000000);

revoke insert, update, delete on schema_floor from candor_app;

-- History is appended to. The server's role lacks the rights as well; this holds for the owner too.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

-- What administrators say of their community; see src/settings.
create table settings (
    only_row  boolean primary key default true,
    community text    not null default 'Community',
    -- Whose staff the mark on their posts names.
    brand     text    not null default '',
    -- One sentence on the home page for guests.
    welcome   text    not null default '',
    constraint settings_one_row check (only_row)
);

insert into settings default values;
