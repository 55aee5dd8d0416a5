-- phase: expand
-- why: the validated check spares `set not null` its own scan; afterwards the check says nothing new

alter table tasks alter column priority set not null;
alter table tasks drop constraint tasks_priority_present;
