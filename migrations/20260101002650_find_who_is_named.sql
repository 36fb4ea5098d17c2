-- Finds the posts whose drawing names a member: over a quotation, or in a mention. When an account is erased they
-- name it no more, also where they were withdrawn or removed, and where no inbox ever told of them. The index for
-- the search would not do: it knows no handle that is a common word.

-- The handles, in lower case, that a drawn text names.
create function handles_in(html text) returns text[] language sql immutable strict parallel safe as $$
    select case
        when html like '%class="mention"%' or html like '%class="quote\_\_by"%'
        then array(
            select lower(found[1])
            from regexp_matches(html, 'class="(?:mention|quote__by)">(?:<a [^>]*>)?@([^<]*)<', 'g') as found
        )
        else '{}'
    end
$$;

-- Not concurrently, because one that fails half-way would have to be found and dropped by hand. It takes some ten
-- seconds for a million posts, in which nobody can write.
create index posts_naming on posts using gin (handles_in(html));
