-- phase: expand
-- why: new rows must have a priority from here on; rows that exist are checked by the next migration, without blocking writers

alter table tasks add constraint tasks_priority_present check (priority is not null) not valid;
