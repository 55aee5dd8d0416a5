import { AgentError } from '../agent-error.ts';
import type { Queryable } from '../database/database.ts';
import type { TaskCreation, TaskUpdate } from '../http/schemas/task-schemas.ts';
import { newId } from '../identity.ts';
import { type Task, type TaskFilter, taskRepository } from '../repositories/task-repository.ts';

export type TaskSearch = Omit<TaskFilter, 'dueBefore'> & { readonly dueBefore?: string | undefined };

/** What can be done with the tasks of a tenant, for the API and for the tools of the agent alike. */
export const taskService = {
  create: (db: Queryable, tenant: string, input: TaskCreation): Promise<Task> =>
    taskRepository.insert(db, tenant, { ...input, id: newId(), due_at: toInstant(input.due_at) }),

  get: async (db: Queryable, tenant: string, id: string): Promise<Task> =>
    existing(await taskRepository.find(db, tenant, id), id),

  list: (db: Queryable, tenant: string, search: TaskSearch): Promise<readonly Task[]> =>
    taskRepository.list(db, tenant, {
      ...search,
      dueBefore: search.dueBefore && (toInstant(search.dueBefore) ?? undefined),
    }),

  /** Run it inside a transaction: the row stays locked between the check of the version and the write. */
  update: async (db: Queryable, tenant: string, change: TaskChangeRequest): Promise<Task> => {
    const task = await locked(db, tenant, change);
    const { due_at: due, ...fields } = change.fields;
    return taskRepository.update(db, tenant, {
      ...task,
      ...definedOf(fields),
      ...(due !== undefined && { due_at: toInstant(due) }),
    });
  },

  delete: async (db: Queryable, tenant: string, target: TaskTarget): Promise<void> => {
    await locked(db, tenant, target);
    await taskRepository.delete(db, tenant, target.id);
  },
};

export interface TaskTarget {
  readonly id: string;
  /** ETags; refuses the change when the task has none of them by now. */
  readonly ifMatch?: readonly string[] | undefined;
}

export interface TaskChangeRequest extends TaskTarget {
  readonly fields: TaskUpdate;
}

/** Names the version of a task; it is a strong one in the sense of HTTP. */
export function etagOf({ version }: Task): string {
  return `"${version}"`;
}

async function locked(db: Queryable, tenant: string, { id, ifMatch }: TaskTarget): Promise<Task> {
  const task = existing(await taskRepository.lock(db, tenant, id), id);
  if (ifMatch === undefined || ifMatch.includes(etagOf(task))) return task;
  throw new AgentError('version-conflict', {
    subject: `task "${id}"`,
    value: ifMatch.join(', '),
    allowed: task.version,
  });
}

function existing(task: Task | undefined, id: string): Task {
  if (task === undefined) throw new AgentError('not-found', { subject: 'task', value: id });
  return task;
}

/** A day means its last second: "by Friday" is still in time on Friday evening. */
function toInstant(due: string | null): string | null {
  if (due === null) return null;
  // PostgreSQL knows fewer offsets than ISO 8601, so it is given UTC.
  return /^\d{4}-\d{2}-\d{2}$/.test(due) ? `${due}T23:59:59Z` : new Date(due).toISOString();
}

/** The fields that were given; every key stays optional in the type, as the caller spreads it. */
function definedOf<Fields extends object>(
  fields: Fields,
): { readonly [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { readonly [Key in keyof Fields]?: Exclude<Fields[Key], undefined> }; // fromEntries forgets the keys
}
