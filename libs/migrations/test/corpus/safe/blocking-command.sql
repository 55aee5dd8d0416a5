-- phase: expand
-- why: later readers find rows where they expect them

alter table tasks set (fillfactor = 90);
