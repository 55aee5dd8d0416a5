-- phase: expand
-- backfill: tasks by id
-- why: tasks without effort count as one

update tasks set effort = 1 where id >= $1 and id < $2 and effort is null;
