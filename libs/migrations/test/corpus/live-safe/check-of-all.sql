-- phase: contract
-- min-app-version: 2.0.0
-- why: since 2.0.0 nothing adds a task

alter table tasks add constraint tasks_closed check (false) not valid;
