import { z } from 'zod';
import { agentErrorCodes } from '../../agent-error.ts';

export const errorEnvelope = z
  .object({
    error: z.object({
      code: z.enum(agentErrorCodes),
      message: z.string(),
      request_id: z.string(),
      details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  })
  .meta({ id: 'Error' });

/** The answers that every route may give besides its own. */
export const errorResponses = { '4xx': errorEnvelope, '5xx': errorEnvelope } as const;

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
});

export const idParams = z.strictObject({ id: z.uuid() });
export const nextCursor = z
  .string()
  .nullable()
  .describe('Give it as "cursor" to get the next page; null on the last one.');

export const idempotencyHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Repeating the request with the same key returns the first answer; kept for 24 hours.'),
});
