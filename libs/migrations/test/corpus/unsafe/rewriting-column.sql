-- phase: expand
-- why: every task has a token

alter table tasks add column token uuid default gen_random_uuid();
