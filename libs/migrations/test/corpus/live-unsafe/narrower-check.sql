-- phase: expand
-- why: titles are short

alter table tasks add constraint tasks_title_short check (char_length(title) <= 100) not valid;
