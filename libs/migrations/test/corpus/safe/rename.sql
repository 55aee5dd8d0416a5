-- phase: expand
-- why: a better name, beside the old one

alter table tasks add column headline text;

create function tasks_keep_headline_in_step() returns trigger language plpgsql as $$
begin
  new.headline := new.title;
  return new;
end
$$;

create trigger tasks_keep_headline_in_step before insert or update on tasks
  for each row execute function tasks_keep_headline_in_step();
