import { z } from 'zod';
import type { Queryable } from '../database/database.ts';
import { taskCreation, taskQuery, taskUpdate } from '../http/schemas/task-schemas.ts';
import type { ModelTool } from '../models/language-model.ts';
import { taskService } from '../tasks/task-service.ts';

export interface TaskTool {
  readonly description: string;
  readonly input: z.ZodType;
  readonly hasSideEffect: boolean;
  /** Runs inside the transaction that records the call. */
  readonly run: (db: Queryable, tenant: string, input: unknown) => Promise<unknown>;
}

const id = z.uuid().describe('The id of the task, as list_tasks gives it.');
const reference = z.strictObject({ id });
const changes = taskUpdate.extend({ id });

/** What the agent can do: the operations on tasks, each with the schema the model is shown. */
export const taskTools: Readonly<Record<string, TaskTool>> = {
  create_task: tool('Creates a task and returns it.', taskCreation, (db, tenant, input) =>
    taskService.create(db, tenant, input),
  ),
  update_task: tool(
    'Changes title, notes, status, priority or due date of a task.',
    changes,
    (db, tenant, { id, ...fields }) => taskService.update(db, tenant, { id, fields }),
  ),
  complete_task: tool('Marks a task as done.', reference, (db, tenant, { id }) =>
    taskService.update(db, tenant, { id, fields: { status: 'done' } }),
  ),
  delete_task: tool('Deletes a task for good.', reference, async (db, tenant, { id }) => {
    await taskService.delete(db, tenant, { id });
    return { deleted: id };
  }),
  get_task: readOnly(tool('Returns one task.', reference, (db, tenant, { id }) => taskService.get(db, tenant, id))),
  list_tasks: readOnly(
    tool(
      'Returns up to 50 tasks, newest first; filters by status, priority, words and due date.',
      taskQuery,
      async (db, tenant, query) => {
        const { due_before: dueBefore, ...filter } = query;
        return { tasks: await taskService.list(db, tenant, { ...filter, dueBefore, limit: 50 }) };
      },
    ),
  ),
};

/** Tools whose calls may be repeated, and therefore cached, without a consequence. */
export const readOnlyTools: ReadonlySet<string> = new Set(
  Object.entries(taskTools).flatMap(([name, { hasSideEffect }]) => (hasSideEffect ? [] : [name])),
);

/** The tools as a model is told about them. */
export const taskToolDefinitions: readonly ModelTool[] = Object.entries(taskTools).map(
  ([name, { description, input }]) => ({
    type: 'function',
    name,
    description,
    // zod and the SDK type JSON Schema differently; both mean the same documents.
    inputSchema: z.toJSONSchema(input, { target: 'draft-7', io: 'input' }) as ModelTool['inputSchema'],
  }),
);

function tool<Input>(
  description: string,
  input: z.ZodType<Input>,
  run: (db: Queryable, tenant: string, input: Input) => Promise<unknown>,
): TaskTool {
  return { description, input, hasSideEffect: true, run: (db, tenant, value) => run(db, tenant, input.parse(value)) };
}

function readOnly(definition: TaskTool): TaskTool {
  return { ...definition, hasSideEffect: false };
}
