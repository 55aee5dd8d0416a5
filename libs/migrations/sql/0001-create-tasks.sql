-- phase: expand
-- why: tasks are what the agent works on; every task belongs to one tenant, `version` carries optimistic concurrency

create table tasks (
  id uuid primary key,
  tenant_id text not null,
  title text not null,
  notes text not null default '',
  status text not null default 'open',
  is_urgent boolean not null default false,
  due_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz,
  constraint tasks_title_length check (char_length(title) between 1 and 500),
  constraint tasks_notes_length check (char_length(notes) <= 20000),
  constraint tasks_status_known check (status in ('open', 'done')),
  constraint tasks_completed_when_done check ((status = 'done') = (completed_at is not null))
);

create index tasks_by_tenant on tasks (tenant_id, created_at desc, id desc);
