-- phase: expand
-- backfill: tasks by id
-- why: every task has an owner that exists

insert into owners (id, name)
select task.owner_id, 'unknown' from tasks as task left join owners on owners.id = task.owner_id
where task.id between $1 and $2 and task.owner_id is not null and owners.id is null;
