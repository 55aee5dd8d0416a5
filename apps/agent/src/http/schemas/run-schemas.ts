import { z } from 'zod';
import { runStatuses } from '../../repositories/run-repository.ts';
import { storableText } from './storable-text.ts';

const text = storableText.min(1).max(100_000);

export const sessionSchema = z
  .object({ id: z.uuid(), title: z.string(), created_at: z.string(), updated_at: z.string() })
  .meta({ id: 'Session' });

export const sessionCreation = z
  .strictObject({
    title: storableText.trim().max(200).default(''),
  })
  .meta({ id: 'SessionCreation' });

export const messageSchema = z
  .object({
    id: z.uuid(),
    run_id: z.uuid().nullable(),
    role: z.enum(['system', 'user', 'assistant', 'tool']),
    content: z.array(z.looseObject({ type: z.enum(['text', 'tool-call', 'tool-result']) })),
    created_at: z.string(),
  })
  .meta({ id: 'Message' });

export const runSchema = z
  .object({
    id: z.uuid(),
    session_id: z.uuid(),
    status: z.enum(runStatuses),
    model: z.string(),
    attempt: z.number().int().describe('How many processes have taken the run up.'),
    on_disconnect: z.enum(['continue', 'cancel']),
    output: z.string().nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    usage: z.object({ input_tokens: z.number(), output_tokens: z.number(), steps: z.number() }).nullable(),
    created_at: z.string(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
  })
  .meta({ id: 'Run' });

export const runCreation = z
  .strictObject({
    input: z.union([
      text,
      z
        .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: text }))
        .min(1)
        .max(100),
    ]),
    max_steps: z.number().int().min(1).max(50).default(20),
    on_disconnect: z
      .enum(['continue', 'cancel'])
      .default('continue')
      .describe('What happens to the run when the client goes away that started it and streams it or waits for it.'),
    multitask_strategy: z
      .enum(['reject', 'enqueue', 'interrupt'])
      .default('reject')
      .describe('What happens when the session has an unfinished run.'),
  })
  .meta({ id: 'RunCreation' });

export type RunCreation = z.output<typeof runCreation>;

export const runParams = z.strictObject({ id: z.uuid(), run_id: z.uuid() });
