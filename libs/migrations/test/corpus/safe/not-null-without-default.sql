-- phase: expand
-- why: every task has a priority

alter table tasks add column priority integer not null default 0;
