-- phase: expand
-- backfill: tasks by id
-- why: tasks without effort count as one

update tasks set effort = 1 where id between $1 and $2 and effort is null;
