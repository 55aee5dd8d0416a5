-- phase: expand
-- why: every new task has an owner

alter table tasks add constraint tasks_owner_present check (owner_id is not null) not valid;
-- next migration
-- phase: expand
-- why: every task has an owner

alter table tasks validate constraint tasks_owner_present;
-- next migration
-- phase: expand
-- why: the validated check spares the scan

alter table tasks alter column owner_id set not null;
alter table tasks drop constraint tasks_owner_present;
