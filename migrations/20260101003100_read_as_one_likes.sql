-- Members say how pages look to them: see members/reading.rs.

alter table members
-- Size of letters, density and the rest, as words; null where they never chose.
add column reading text,
add constraint members_reading check (length(reading) <= 60) not valid;
