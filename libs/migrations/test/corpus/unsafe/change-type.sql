-- phase: expand
-- why: effort may be large

alter table tasks alter column effort type bigint;
