import { z } from 'zod';
import { isStorableInstant } from './storable-instant.ts';
import { storableText } from './storable-text.ts';

const day = z.iso.date().describe('A calendar day; the task is due at its end, in UTC.');
const instant = z.iso.datetime({ offset: true });

export const dueAt = z
  .union([day, instant])
  .refine(isStorableInstant, 'must lie in the years 1 to 9999')
  .meta({ description: 'A day or an instant.', examples: ['2026-11-27', '2026-11-27T12:00:00Z'] });
export const taskStatus = z.enum(['open', 'done']);
export const taskPriority = z.enum(['low', 'normal', 'high']);
const title = storableText.trim().min(1).max(500);
const notes = storableText.max(20_000);

export const taskSchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    notes: z.string(),
    status: taskStatus,
    priority: taskPriority,
    due_at: z.string().nullable(),
    version: z.number().int().describe('Counts changes; also sent as ETag.'),
    created_at: z.string(),
    updated_at: z.string(),
    completed_at: z.string().nullable(),
  })
  .meta({ id: 'Task' });

export const taskCreation = z
  .strictObject({
    title,
    notes: notes.default(''),
    priority: taskPriority.default('normal'),
    due_at: dueAt.nullable().default(null),
  })
  .meta({ id: 'TaskCreation' });

export const taskUpdate = z
  .strictObject({
    title: title.optional(),
    notes: notes.optional(),
    status: taskStatus.optional(),
    priority: taskPriority.optional(),
    due_at: dueAt.nullable().optional(),
  })
  .meta({ id: 'TaskUpdate' });

export const taskQuery = z.strictObject({
  status: taskStatus.optional(),
  priority: taskPriority.optional(),
  search: storableText.max(200).optional(),
  due_before: dueAt.optional(),
});

export type TaskCreation = z.output<typeof taskCreation>;
export type TaskUpdate = z.output<typeof taskUpdate>;
