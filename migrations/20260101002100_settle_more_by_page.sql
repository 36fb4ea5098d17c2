-- Settings are changed one at a time on a page, which says who changed each last.

-- The brand's color, as #rrggbb. Pages in light and in dark make of it what can be read.
alter table settings add column brand_color text not null default '#105f74';

-- Changes one setting by its column's name and leaves the others alone, so that whoever changes another at
-- the same moment is not undone. A name that is no column is an error.
create function set_setting(name text, value jsonb) returns void
language plpgsql as $$
begin
    execute format(
        'update settings set %1$I = (jsonb_populate_record(settings, jsonb_build_object(%1$L, $1))).%1$I',
        name
    ) using value;
end
$$;

-- For the page of settings. Entries about one have their name; few entries are about settings.
create index admin_log_of_settings on admin_log (about_name, id) where about = 'setting';
