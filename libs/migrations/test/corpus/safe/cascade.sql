-- phase: contract
-- min-app-version: 2.0.0
-- why: since 2.0.0 nothing uses owners

drop table owners;
