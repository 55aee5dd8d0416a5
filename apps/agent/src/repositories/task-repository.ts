import type { Queryable, Row } from '../database/database.ts';
import { isoTime, sql } from '../database/sql-statement.ts';

export interface Task {
  readonly id: string;
  readonly title: string;
  readonly notes: string;
  readonly status: 'open' | 'done';
  readonly priority: 'low' | 'normal' | 'high';
  readonly due_at: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly completed_at: string | null;
}

export interface NewTask extends Pick<Task, 'id' | 'title' | 'notes' | 'priority' | 'due_at'> {}

export interface TaskChange extends Partial<Pick<Task, 'title' | 'notes' | 'status' | 'priority' | 'due_at'>> {}

export interface TaskFilter {
  readonly status?: Task['status'] | undefined;
  readonly priority?: Task['priority'] | undefined;
  readonly search?: string | undefined;
  readonly dueBefore?: string | undefined;
  readonly after?: { readonly createdAt: string; readonly id: string } | undefined;
  readonly limit: number;
}

const columns = `id, title, notes, status, priority, version::integer as version, ${isoTime('due_at')}, ${isoTime('created_at')},
  ${isoTime('updated_at')}, ${isoTime('completed_at')}`;

const insertTask = sql(
  'insert-task',
  `insert into tasks (id, tenant_id, title, notes, priority, due_at)
   values ($1::uuid, $2::text, $3::text, $4::text, $5::text, $6::timestamptz) returning ${columns}`,
);
const selectTask = sql('select-task', `select ${columns} from tasks where tenant_id = $1::text and id = $2::uuid`);
const selectTaskForUpdate = sql(
  'select-task-for-update',
  `select ${columns} from tasks where tenant_id = $1::text and id = $2::uuid for update`,
);
const selectTasks = sql(
  'select-tasks',
  `select ${columns} from tasks
   where tenant_id = $1::text
     and ($2::text is null or status = $2::text)
     and ($3::text is null or priority = $3::text)
     and ($4::text is null or title ilike $4::text or notes ilike $4::text)
     and ($5::timestamptz is null or due_at <= $5::timestamptz)
     and ($6::timestamptz is null or (tasks.created_at, id) < ($6::timestamptz, $7::uuid))
   order by tasks.created_at desc, id desc limit $8::integer`,
);
const updateTask = sql(
  'update-task',
  `update tasks set title = $3::text, notes = $4::text, status = $5::text, priority = $6::text, due_at = $7::timestamptz,
     version = version + 1, updated_at = now(),
     completed_at = case when $5::text = 'done' then coalesce(completed_at, now()) end
   where tenant_id = $1::text and id = $2::uuid returning ${columns}`,
);
const deleteTask = sql('delete-task', 'delete from tasks where tenant_id = $1::text and id = $2::uuid returning id');

/** Tasks of one tenant; the tenant is part of every condition. */
export const taskRepository = {
  insert: async (db: Queryable, tenant: string, task: NewTask): Promise<Task> =>
    one(await db.query<Task>(insertTask, [task.id, tenant, task.title, task.notes, task.priority, task.due_at])),

  find: async (db: Queryable, tenant: string, id: string): Promise<Task | undefined> =>
    (await db.query<Task>(selectTask, [tenant, id]))[0],

  lock: async (db: Queryable, tenant: string, id: string): Promise<Task | undefined> =>
    (await db.query<Task>(selectTaskForUpdate, [tenant, id]))[0],

  list: (db: Queryable, tenant: string, filter: TaskFilter): Promise<readonly Task[]> =>
    db.query<Task>(selectTasks, [
      tenant,
      filter.status ?? null,
      filter.priority ?? null,
      filter.search === undefined ? null : containing(filter.search),
      filter.dueBefore ?? null,
      filter.after?.createdAt ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ]),

  update: async (db: Queryable, tenant: string, task: Task): Promise<Task> =>
    one(
      await db.query<Task>(updateTask, [
        tenant,
        task.id,
        task.title,
        task.notes,
        task.status,
        task.priority,
        task.due_at,
      ]),
    ),

  delete: async (db: Queryable, tenant: string, id: string): Promise<boolean> =>
    (await db.query<Row>(deleteTask, [tenant, id])).length === 1,
};

function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

function one<Result>(rows: readonly Result[]): Result {
  const [row] = rows;
  if (row === undefined) throw new Error('the statement returned no row');
  return row;
}
