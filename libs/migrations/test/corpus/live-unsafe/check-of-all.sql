-- phase: expand
-- why: no task is added any more

alter table tasks add constraint tasks_closed check (false) not valid;
