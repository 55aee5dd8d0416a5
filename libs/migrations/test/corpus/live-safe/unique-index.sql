-- phase: contract
-- min-app-version: 2.0.0
-- transaction: none
-- why: since 2.0.0 no two tasks get the same title

create unique index concurrently if not exists tasks_one_per_title on tasks (title);
