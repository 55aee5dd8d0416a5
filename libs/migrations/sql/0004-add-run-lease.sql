-- phase: expand
-- why: a run belongs to the process that leased it; another may take over once the lease has expired, and `attempt` fences the first one off

alter table runs
  add column lease_owner text,
  add column lease_until timestamptz,
  add column attempt integer not null default 0,
  add column available_at timestamptz not null default now(),
  add column cancel_requested boolean not null default false;
