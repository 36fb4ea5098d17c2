-- Finds what was earned of late, for leaderboards and for those who helped most. Not concurrently: there is one
-- narrow row for each member, metric, board and day. Without the total, which changes often.
create index metric_days_lately on metric_days (metric, day);
