-- phase: contract
-- min-app-version: 2.0.0
-- why: since 2.0.0 titles are short

alter table tasks add constraint tasks_title_short check (char_length(title) <= 100) not valid;
