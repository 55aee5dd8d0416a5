import type { Queryable } from '../database/database.ts';
import { sql } from '../database/sql-statement.ts';
import { storableJson } from '../database/storable-json.ts';

/** Names one side effect for ever: the same call of the same step never happens twice. */
export interface ToolCallKey {
  readonly runId: string;
  readonly step: number;
  readonly callId: string;
}

export interface RecordedToolCall {
  readonly result: unknown;
  readonly is_error: boolean;
}

const selectToolCall = sql(
  'select-tool-call',
  `select result, status = 'failed' as is_error from tool_calls
   where run_id = $1::uuid and step = $2::integer and call_id = $3::text and finished_at is not null`,
);
const insertToolCall = sql(
  'insert-tool-call',
  `insert into tool_calls (run_id, step, call_id, attempt, tool, arguments, result, status, finished_at)
   values ($1::uuid, $2::integer, $3::text, $4::integer, $5::text, $6::jsonb, $7::jsonb, $8::text, now())`,
);

/** Calls of tools and their results, written in the transaction of the side effect itself. */
export const toolCallRepository = {
  find: async (db: Queryable, key: ToolCallKey): Promise<RecordedToolCall | undefined> =>
    (await db.query<RecordedToolCall>(selectToolCall, [key.runId, key.step, key.callId]))[0],

  insert: async (
    db: Queryable,
    key: ToolCallKey,
    call: RecordedToolCall & { readonly attempt: number; readonly tool: string; readonly input: unknown },
  ): Promise<void> => {
    const documents = [storableJson(call.input), storableJson(call.result)] as const;
    const status = call.is_error ? 'failed' : 'succeeded';
    await db.query(insertToolCall, [key.runId, key.step, key.callId, call.attempt, call.tool, ...documents, status]);
  },
};
