-- phase: expand
-- why: wait as long as it takes

create table waits (setting text not null);

insert into waits (setting) values (set_config('lock_timeout', '0', true));

alter table tasks add column priority integer;
