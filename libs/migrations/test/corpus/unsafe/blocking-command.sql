-- phase: expand
-- why: the table has grown

lock table tasks in access exclusive mode;
