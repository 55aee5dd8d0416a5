import { z } from 'zod';
import { AgentError } from '../agent-error.ts';
import type { Database, Queryable } from '../database/database.ts';
import type { ToolCall } from '../models/answer.ts';
import { type RunLease, runRepository } from '../repositories/run-repository.ts';
import { type RecordedToolCall, toolCallRepository } from '../repositories/tool-call-repository.ts';
import { taskTools } from './task-tools.ts';

export interface ToolExecution {
  readonly lease: RunLease;
  readonly tenant: string;
  readonly step: number;
  readonly call: ToolCall;
  /** Writes what else belongs to the result, in the same transaction. */
  readonly record: (transaction: Queryable, outcome: RecordedToolCall) => Promise<void>;
}

/** Side effect, its record and the message about it commit together: the call happens once or not at all. */
export async function executeTool(database: Database, execution: ToolExecution): Promise<RecordedToolCall> {
  return database.transaction(async (transaction) => {
    const held = await runRepository.fence(transaction, execution.lease);
    if (held === undefined) throw new AgentError('lease-lost', { value: execution.lease.runId });
    const { lease, step, call } = execution;
    const key = { runId: lease.runId, step, callId: call.callId };
    const known = await toolCallRepository.find(transaction, key);
    if (known !== undefined) return known;
    const outcome = await runTool(transaction, execution);
    await toolCallRepository.insert(transaction, key, {
      ...outcome,
      attempt: lease.attempt,
      tool: call.tool,
      input: parsedInput(call),
    });
    await execution.record(transaction, outcome);
    return outcome;
  });
}

/** A mistake of the model becomes a result that it can read; a failure of ours ends the attempt. */
async function runTool(db: Queryable, { call, tenant }: ToolExecution): Promise<RecordedToolCall> {
  const tool = Object.hasOwn(taskTools, call.tool) ? taskTools[call.tool] : undefined;
  if (tool === undefined)
    return mistake(`there is no tool ${call.tool}; use one of ${Object.keys(taskTools).join(', ')}`);
  try {
    return { result: await tool.run(db, tenant, parsedInput(call)), is_error: false };
  } catch (error) {
    if (error instanceof z.ZodError) return mistake(`the input is wrong: ${z.prettifyError(error)}`);
    if (error instanceof AgentError && error.status < 500) return mistake(error.message);
    throw error;
  }
}

function mistake(message: string): RecordedToolCall {
  return { result: { message }, is_error: true };
}

function parsedInput({ input }: ToolCall): unknown {
  try {
    return input === '' ? {} : JSON.parse(input);
  } catch {
    return input;
  }
}
