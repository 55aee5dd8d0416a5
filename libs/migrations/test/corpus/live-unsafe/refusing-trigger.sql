-- phase: expand
-- why: tasks stay as they are

create function tasks_stay_as_they_are() returns trigger language plpgsql as $$
begin
  raise check_violation using message = 'a task cannot be changed';
end
$$;

create trigger tasks_stay_as_they_are before update on tasks
  for each row execute function tasks_stay_as_they_are();
