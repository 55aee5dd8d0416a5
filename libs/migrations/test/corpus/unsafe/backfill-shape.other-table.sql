-- phase: expand
-- backfill: tasks by id
-- why: nobody needs owners without a name

delete from owners where id between $1 and $2 and name = '';
