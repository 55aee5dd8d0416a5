-- phase: expand
-- why: every process reports its version here, so that a contract migration can tell whether one is live that still needs the old shape

create table app_instances (
  name text primary key,
  app_version text not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
