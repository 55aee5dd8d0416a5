-- phase: expand
-- why: every task has an owner

alter table tasks alter column owner_id set not null;
