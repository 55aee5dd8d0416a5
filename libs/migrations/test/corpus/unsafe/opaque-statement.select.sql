-- phase: expand
-- why: tasks without effort count as one

create function count_efforts() returns integer language plpgsql as $$
begin
  update tasks set effort = 1;
  return 1;
end
$$;

select count_efforts();
