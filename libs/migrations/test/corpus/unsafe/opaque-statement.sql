-- phase: expand
-- why: tasks without effort count as one

do $$
begin
  update tasks set effort = 1;
end
$$;
