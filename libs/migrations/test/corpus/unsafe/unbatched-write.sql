-- phase: expand
-- why: tasks without effort count as one

update tasks set effort = 1 where effort is null;
