-- phase: expand
-- transaction: none
-- why: leasing looks for the oldest available run and for expired leases; a session never has two runs in progress

create index concurrently if not exists runs_queued on runs (available_at, seq) where status = 'queued';

create index concurrently if not exists runs_leased on runs (lease_until) where status = 'running';

create unique index concurrently if not exists runs_one_running_per_session on runs (session_id) where status = 'running';

create index concurrently if not exists tasks_open_by_due on tasks (tenant_id, due_at) where status = 'open';
