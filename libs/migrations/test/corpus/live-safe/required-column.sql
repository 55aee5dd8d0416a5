-- phase: contract
-- min-app-version: 2.0.0
-- why: since 2.0.0 every task has an effort

alter table tasks add constraint tasks_effort_present check (effort is not null) not valid;
