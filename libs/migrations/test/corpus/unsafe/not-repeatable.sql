-- phase: expand
-- transaction: none
-- why: tasks are searched by title

create index concurrently on tasks (title);
