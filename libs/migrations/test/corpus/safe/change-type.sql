-- phase: expand
-- why: effort may be large, in a column beside the old one

alter table tasks add column effort_minutes bigint;
