-- phase: expand
-- why: effort is positive in new rows

alter table tasks add constraint tasks_effort_positive check (effort > 0) not valid;
-- next migration
-- phase: expand
-- why: effort is positive in all rows

alter table tasks validate constraint tasks_effort_positive;
