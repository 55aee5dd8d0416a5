-- phase: expand
-- why: an owner must exist

alter table tasks add constraint tasks_owner_exists foreign key (owner_id) references owners (id) not valid;
