-- phase: expand
-- why: a better name

alter table tasks rename column title to headline;
