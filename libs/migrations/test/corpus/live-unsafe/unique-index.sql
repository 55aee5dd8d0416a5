-- phase: expand
-- transaction: none
-- why: no two tasks have the same title

create unique index concurrently if not exists tasks_one_per_title on tasks (title);
