-- phase: expand
-- why: new tasks have a token; the others get theirs in a backfill

alter table tasks add column token uuid;
alter table tasks alter column token set default gen_random_uuid();
