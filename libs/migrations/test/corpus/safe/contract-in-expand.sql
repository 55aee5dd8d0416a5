-- phase: contract
-- min-app-version: 2.0.0
-- why: since 2.0.0 nothing reads the column

alter table tasks drop column effort;
