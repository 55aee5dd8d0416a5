-- phase: expand
-- why: two more owners

copy owners (id, name) from '/tmp/owners.csv';
