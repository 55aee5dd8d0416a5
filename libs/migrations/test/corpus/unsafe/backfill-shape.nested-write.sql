-- phase: expand
-- backfill: tasks by id
-- why: tasks of owners without a name belong to nobody

with gone as (delete from owners where name = '' returning id)
update tasks set owner_id = null where id between $1 and $2 and owner_id in (select id from gone);
