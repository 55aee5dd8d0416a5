-- phase: expand
-- why: what the cases of the corpus start from

create table owners (
  id integer primary key,
  name text not null
);

create table tasks (
  id integer primary key,
  owner_id integer,
  title text not null,
  effort integer,
  is_done boolean not null default false
);

create index tasks_by_owner on tasks (owner_id);
