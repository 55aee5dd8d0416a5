-- phase: expand
-- why: three priorities replace the urgent flag; while releases of both kinds are live, a trigger keeps the two columns in step

alter table tasks
  add column priority text,
  add constraint tasks_priority_known check (priority in ('low', 'normal', 'high')) not valid;

create function tasks_keep_priority_in_step() returns trigger language plpgsql as $$
begin
  if new.priority is null or (tg_op = 'UPDATE' and new.is_urgent <> old.is_urgent and new.priority = old.priority) then
    new.priority := case when new.is_urgent then 'high' else 'normal' end;
  end if;
  new.is_urgent := new.priority = 'high';
  return new;
end
$$;

create trigger tasks_keep_priority_in_step
  before insert or update on tasks
  for each row execute function tasks_keep_priority_in_step();
