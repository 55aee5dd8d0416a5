-- phase: expand
-- why: a task may have a priority

alter table tasks add column priority integer;
