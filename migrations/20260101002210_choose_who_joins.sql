-- Who may become a member, and which addresses are not taken.
alter table settings
    add column sign_up text not null default 'open',
    -- Domains of addresses that are thrown away after one use, one a line.
    add column refused_domains text not null default
        e'10minutemail.com\nguerrillamail.com\nmailinator.com\nsharklasers.com\ntemp-mail.org\ntrashmail.com\nyopmail.com',
    add constraint settings_sign_up check (sign_up in ('open', 'closed')) not valid;
