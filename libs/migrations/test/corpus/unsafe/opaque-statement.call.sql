-- phase: expand
-- why: tasks without effort count as one

create procedure count_efforts() language plpgsql as $$
begin
  update tasks set effort = 1;
end
$$;

call count_efforts();
