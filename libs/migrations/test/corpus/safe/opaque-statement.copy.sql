-- phase: expand
-- why: two more owners

insert into owners (id, name) values (1001, 'Ada'), (1002, 'Grace');
