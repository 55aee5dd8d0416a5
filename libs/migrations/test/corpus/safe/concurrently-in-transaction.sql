-- phase: expand
-- transaction: none
-- why: the index of the owner gets a second column

create index concurrently if not exists tasks_by_owner_and_title on tasks (owner_id, title);
