-- phase: expand
-- backfill: tasks by id
-- why: tasks that were written before the column existed get the priority that their urgent flag stood for

update tasks set priority = case when is_urgent then 'high' else 'normal' end
where id between $1 and $2 and priority is null;
