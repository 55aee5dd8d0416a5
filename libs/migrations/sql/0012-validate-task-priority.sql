-- phase: expand
-- why: validation reads the whole table, under a lock that lets readers and writers through

alter table tasks validate constraint tasks_priority_known;
alter table tasks validate constraint tasks_priority_present;
