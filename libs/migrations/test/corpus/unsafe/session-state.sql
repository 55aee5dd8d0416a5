-- phase: expand
-- why: wait longer

set lock_timeout = '1min';
alter table tasks add column priority integer;
