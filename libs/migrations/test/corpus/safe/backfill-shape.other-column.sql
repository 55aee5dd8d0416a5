-- phase: expand
-- backfill: tasks by id
-- why: tasks of an owner without effort count as one

update tasks as task set effort = 1 where task.id between $1 and $2 and owner_id is not null and effort is null;
