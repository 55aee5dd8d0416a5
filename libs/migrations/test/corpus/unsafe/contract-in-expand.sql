-- phase: expand
-- why: the live release still reads the column

alter table tasks drop column effort;
