-- phase: expand
-- backfill: tasks by id
-- why: tasks without effort count as one

update tasks set effort = 1 where not (id between $1 and $2);
