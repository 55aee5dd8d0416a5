-- phase: expand
-- backfill: tasks by id
-- why: every task has an owner that exists

insert into owners (id, name)
select task.owner_id, 'unknown' from tasks as task left join owners on owners.id = task.owner_id
where owners.id between $1 and $2;
