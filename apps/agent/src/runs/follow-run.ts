import type { Database } from '../database/database.ts';
import { type RunEvent, runEventRepository } from '../repositories/run-event-repository.ts';
import { createWaiter, type RunSignals, runTopics } from './run-signals.ts';

export interface FollowOptions {
  readonly database: Database;
  readonly signals: RunSignals;
  readonly signal: AbortSignal;
}

const pageSize = 500;
const finalTypes = new Set(['run.completed', 'run.failed', 'run.cancelled']);

/**
 * The run's events after a sequence number, then the ones to come, until its last or until aborted. It also ends where
 * the last is not seen: it came before that number, or the run was deleted.
 */
export async function* followRun(runId: string, afterSeq: number, options: FollowOptions): AsyncGenerator<RunEvent> {
  const waiter = createWaiter(options.signals, runTopics.events(runId));
  let seq = afterSeq;
  let mayGrow = true;
  try {
    for (;;) {
      // Looked at before the read: what was written until the abort or the end is still told.
      const isLastRound = options.signal.aborted || !mayGrow;
      const events = await runEventRepository.after(options.database, runId, { seq, limit: pageSize });
      yield* events;
      seq = events.at(-1)?.seq ?? seq;
      if (events.some(isFinal)) return;
      if (events.length === pageSize) continue;
      if (isLastRound) return;
      mayGrow = events.length > 0 || (await runEventRepository.mayGrow(options.database, runId));
      if (mayGrow) await waiter.wait(options.signals.pollMs, options.signal);
    }
  } finally {
    waiter.close();
  }
}

export function isFinal({ type }: Pick<RunEvent, 'type'>): boolean {
  return finalTypes.has(type);
}
