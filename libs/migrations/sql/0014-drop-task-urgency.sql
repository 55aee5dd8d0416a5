-- phase: contract
-- min-app-version: 0.1.0
-- why: since 0.1.0 no release reads or writes the urgent flag; only now may the priority have a default, which would hide the flag from the trigger

drop trigger tasks_keep_priority_in_step on tasks;
drop function tasks_keep_priority_in_step();

alter table tasks
  drop column is_urgent,
  alter column priority set default 'normal';
