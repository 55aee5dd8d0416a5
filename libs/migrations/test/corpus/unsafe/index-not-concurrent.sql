-- phase: expand
-- why: tasks are searched by title

create index tasks_by_title on tasks (title);
