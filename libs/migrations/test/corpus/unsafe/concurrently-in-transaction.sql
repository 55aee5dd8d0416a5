-- phase: expand
-- why: tasks are searched by title

create index concurrently if not exists tasks_by_title on tasks (title);
