-- phase: expand
-- why: every task has an effort

alter table tasks add constraint tasks_effort_present check (effort is not null) not valid;
