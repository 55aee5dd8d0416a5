-- phase: contract
-- min-app-version: 2.0.0
-- why: since 2.0.0 nothing changes a task

create function tasks_stay_as_they_are() returns trigger language plpgsql as $$
begin
  raise check_violation using message = 'a task cannot be changed';
end
$$;

create trigger tasks_stay_as_they_are before update on tasks
  for each row execute function tasks_stay_as_they_are();
