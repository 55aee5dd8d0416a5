-- phase: expand
-- why: effort is positive

alter table tasks add constraint tasks_effort_positive check (effort > 0) not valid;
alter table tasks validate constraint tasks_effort_positive;
