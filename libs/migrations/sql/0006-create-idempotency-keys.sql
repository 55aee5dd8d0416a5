-- phase: expand
-- why: a POST that is sent again gets the answer of the first one; the fingerprint tells a repetition from another request under the same key

create table idempotency_keys (
  tenant_id text not null,
  key text not null,
  fingerprint text not null,
  status text not null default 'running',
  response_status integer,
  response_headers jsonb,
  response_body text,
  locked_until timestamptz not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, key),
  constraint idempotency_keys_status_known check (status in ('running', 'done')),
  constraint idempotency_keys_answer_when_done check ((status = 'done') = (response_status is not null))
);

create index idempotency_keys_by_expiry on idempotency_keys (expires_at);
