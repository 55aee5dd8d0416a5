-- phase: expand
-- why: tasks without effort count as one, and a note says so

with changed as (update tasks set effort = 1 where effort is null returning id)
insert into owners (id, name) values (1001, 'whoever set the effort');
