-- phase: expand
-- why: a tool call is recorded under run, step and call before it acts, so a run that is taken over does not act twice

create table tool_calls (
  run_id uuid not null references runs (id) on delete cascade,
  step integer not null,
  call_id text not null,
  attempt integer not null,
  tool text not null,
  arguments jsonb not null,
  status text not null default 'started',
  result jsonb,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (run_id, step, call_id),
  constraint tool_calls_status_known check (status in ('started', 'succeeded', 'failed')),
  constraint tool_calls_finished_when_final check ((status = 'started') = (finished_at is null))
);
