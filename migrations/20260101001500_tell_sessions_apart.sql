-- What a member needs to know their sessions from one another by. Only what was made of the browser's
-- own description is kept, never that description, which can be as good as a name.
alter table sessions
    -- A product, such as Firefox. Absent where the browser said nothing that is known.
    add column browser text,
    -- What it runs on, such as Windows.
    add column system  text;
