-- phase: expand
-- why: a client that lost its stream resumes after the last event it saw; the sequence belongs to the run, so it never restarts

create table run_events (
  run_id uuid not null references runs (id) on delete cascade,
  seq integer not null,
  kind text not null,
  data jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (run_id, seq),
  constraint run_events_seq_positive check (seq > 0)
);
