import { AgentError } from '../agent-error.ts';
import type { Database, Queryable } from '../database/database.ts';
import {
  type ClaimRow,
  type IdempotencyClaim,
  idempotencyRepository,
  type StoredAnswer,
} from '../repositories/idempotency-repository.ts';
import type { Run } from '../repositories/run-repository.ts';
import { runService } from '../runs/run-service.ts';
import { answerOf, holdClaim } from './idempotently.ts';

/** The run that answers a request, or what a request with the same key was answered with. */
export type KeyedRun =
  | { readonly state: 'created' | 'known'; readonly run: Run }
  | { readonly state: 'answered'; readonly answer: StoredAnswer };

/** As long as keys are kept: a run ends by itself, so nobody has to start it again when its request has ended. */
const lockMs = 24 * 60 * 60_000;

/**
 * Has a run created once for a key. Key and run commit together, and the key tells the run from then on, so a
 * repetition follows the run that there is, whatever became of the request that has started it.
 * @throws `not-found` when the run was deleted
 */
export async function runOfKey(
  database: Database,
  claim: IdempotencyClaim,
  create: (transaction: Queryable) => Promise<Run>,
): Promise<KeyedRun> {
  return database.transaction(async (transaction) => {
    const held = await holdClaim(transaction, claim, lockMs);
    if (!held.is_new) return knownRun(transaction, claim, held);
    const run = await create(transaction);
    await idempotencyRepository.note(transaction, claim, { [noted.run]: run.id, [noted.session]: run.session_id });
    return { state: 'created', run };
  });
}

/** Headers of the answer to come, which tell until then where it will come from. */
const noted = { run: 'x-run-id', session: 'x-session-id' } as const;

async function knownRun(db: Queryable, claim: IdempotencyClaim, held: ClaimRow): Promise<KeyedRun> {
  const answer = answerOf(held);
  if (answer !== undefined) return { state: 'answered', answer };
  const { [noted.run]: runId, [noted.session]: sessionId } = held.headers ?? {};
  // Claimed by a release that starts the run apart from its claim.
  if (runId === undefined || sessionId === undefined)
    throw new AgentError('idempotency-in-progress', { value: claim.key });
  return { state: 'known', run: await runService.find(db, claim.tenant, { sessionId, runId }) };
}
