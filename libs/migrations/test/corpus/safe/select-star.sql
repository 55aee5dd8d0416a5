-- phase: expand
-- why: tasks of one owner

create view open_tasks as select id, title from tasks where not is_done;
