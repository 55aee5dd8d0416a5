-- phase: expand
-- why: a session holds the messages of one conversation, a run is one answer of the agent to it; `seq` orders both

create table sessions (
  id uuid primary key,
  tenant_id text not null,
  title text not null default '',
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index sessions_by_tenant on sessions (tenant_id, created_at desc, id desc);

create table runs (
  id uuid primary key,
  seq bigint generated always as identity,
  session_id uuid not null references sessions (id) on delete cascade,
  tenant_id text not null,
  status text not null default 'queued',
  model text not null,
  input jsonb not null,
  output jsonb,
  error jsonb,
  usage jsonb,
  on_disconnect text not null default 'continue',
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  constraint runs_status_known check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  constraint runs_on_disconnect_known check (on_disconnect in ('continue', 'cancel')),
  constraint runs_finished_when_final check ((status in ('queued', 'running')) = (finished_at is null))
);

create index runs_by_session on runs (session_id, seq);

create table messages (
  id uuid primary key,
  seq bigint generated always as identity,
  session_id uuid not null references sessions (id) on delete cascade,
  run_id uuid references runs (id) on delete set null,
  role text not null,
  content jsonb not null,
  created_at timestamptz not null default now(),
  constraint messages_role_known check (role in ('system', 'user', 'assistant', 'tool'))
);

create index messages_by_session on messages (session_id, seq);
create index messages_by_run on messages (run_id) where run_id is not null;
