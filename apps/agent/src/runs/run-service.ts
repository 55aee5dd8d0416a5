import { AgentError } from '../agent-error.ts';
import type { CacheMode } from '../cache/inference.ts';
import type { Queryable } from '../database/database.ts';
import type { RunCreation } from '../http/schemas/run-schemas.ts';
import { newId } from '../identity.ts';
import { runEventRepository } from '../repositories/run-event-repository.ts';
import { type Run, type RunInput, type RunInputMessage, runRepository } from '../repositories/run-repository.ts';
import { sessionRepository } from '../repositories/session-repository.ts';
import { activeTraceparent } from '../telemetry/active-span.ts';

export interface RunOrder {
  readonly sessionId: string;
  readonly body: RunCreation;
  readonly model: string;
  readonly cacheMode: CacheMode;
}

export interface CreatedRun {
  readonly run: Run;
  /** The runs that were ended in favour of it, or will be by the processes that execute them. */
  readonly interrupted: readonly string[];
}

/** Runs and their cancellation; call it inside a transaction and notify the signals after the commit. */
export const runService = {
  create: async (db: Queryable, tenant: string, order: RunOrder): Promise<CreatedRun> => {
    const { sessionId, body } = order;
    if (!(await sessionRepository.lock(db, tenant, sessionId)))
      throw new AgentError('not-found', { subject: 'session', value: sessionId });
    const interrupted = await makeRoom(db, tenant, order);
    const run = await runRepository.insert(db, tenant, {
      id: newId(),
      session_id: sessionId,
      model: order.model,
      on_disconnect: body.on_disconnect,
      input: inputOf(order),
    });
    if (run === undefined) throw new Error('the run was not inserted');
    return { run, interrupted };
  },

  find: async (
    db: Queryable,
    tenant: string,
    key: { readonly sessionId: string; readonly runId: string },
  ): Promise<Run> => {
    const run = await runRepository.find(db, tenant, key);
    if (run === undefined) throw new AgentError('not-found', { subject: 'run', value: key.runId });
    return run;
  },

  cancel: async (
    db: Queryable,
    tenant: string,
    key: { readonly sessionId: string; readonly runId: string },
  ): Promise<Run> => {
    const before = await runService.find(db, tenant, key);
    const run = await cancelUnfinished(db, tenant, key.runId);
    if (run === undefined)
      throw new AgentError('run-finished', { subject: `run "${key.runId}"`, value: before.status });
    return run;
  },
};

/** A queued run ends at once; a running one is ended by the process that executes it. */
export async function cancelUnfinished(db: Queryable, tenant: string, runId: string): Promise<Run | undefined> {
  const run = await runRepository.requestCancel(db, tenant, runId);
  if (run?.status === 'cancelled') {
    const data = run.usage === null ? {} : { usage: run.usage };
    await runEventRepository.appendUnleased(db, tenant, { runId, event: { type: 'run.cancelled', data } });
  }
  return run;
}

async function makeRoom(db: Queryable, tenant: string, { sessionId, body }: RunOrder): Promise<readonly string[]> {
  if (body.multitask_strategy === 'enqueue') return [];
  const unfinished = await runRepository.unfinished(db, sessionId);
  if (unfinished.length > 0 && body.multitask_strategy === 'reject')
    throw new AgentError('session-busy', { value: sessionId });
  for (const runId of unfinished) await cancelUnfinished(db, tenant, runId);
  return unfinished;
}

function inputOf({ body, cacheMode }: RunOrder): RunInput {
  const traceparent = activeTraceparent();
  return {
    messages: messagesOf(body.input),
    options: { maxSteps: body.max_steps, cacheMode },
    ...(traceparent !== undefined && { traceparent }),
  };
}

function messagesOf(input: RunCreation['input']): readonly RunInputMessage[] {
  return typeof input === 'string' ? [{ role: 'user', content: input }] : input;
}
