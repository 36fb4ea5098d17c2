-- The day on which a sweep began, and who holds a rank.
--
-- Expands only. A sweep notes its day when it begins.

-- Whoever was counted before midnight was counted as of the day before, and so must the sweep be.
alter table rank_sweep add column began date;
