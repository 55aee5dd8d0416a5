import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AgentError } from '../agent-error.ts';
import type { Database, Queryable } from '../database/database.ts';
import {
  type ClaimRow,
  type IdempotencyClaim,
  idempotencyRepository,
  type StoredAnswer,
} from '../repositories/idempotency-repository.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface IdempotentWork<Result> {
  readonly database: Database;
  readonly metrics: Metrics;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly work: (transaction: Queryable) => Promise<Result>;
}

const lockMs = 120_000;

/**
 * Runs the work in a transaction; with an Idempotency-Key, key and work commit together, so the work
 * of one key is done once whatever dies in between, and every repetition gets the first result.
 */
export async function idempotently<Result>({
  database,
  metrics,
  request,
  reply,
  work,
}: IdempotentWork<Result>): Promise<Result> {
  const claim = claimOf(request);
  if (claim === undefined) return database.transaction(work);
  return database.transaction(async (transaction) => {
    const known = await claimOrReplay(transaction, claim);
    if (known !== undefined) return replayed(known, reply, metrics);
    const result = await work(transaction);
    await idempotencyRepository.store(transaction, claim, { status: 200, headers: {}, body: JSON.stringify(result) });
    return result;
  });
}

/** The claim of a request that carries a key. */
export function claimOf(request: FastifyRequest): IdempotencyClaim | undefined {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') return undefined;
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([request.method, request.url, request.body ?? null]))
    .digest('hex');
  return { tenant: request.tenant, key, fingerprint };
}

/** Undefined when the claim is ours, else the first answer. */
export async function claimOrReplay(db: Queryable, claim: IdempotencyClaim): Promise<StoredAnswer | undefined> {
  const held = await holdClaim(db, claim, lockMs);
  if (held.is_new) return undefined;
  const answer = answerOf(held);
  if (answer === undefined) throw new AgentError('idempotency-in-progress', { value: claim.key });
  return answer;
}

/** The claim, ours if it is new, else that of an earlier request of the same words; theirs ends after the time. */
export async function holdClaim(db: Queryable, claim: IdempotencyClaim, claimedForMs: number): Promise<ClaimRow> {
  const held = await idempotencyRepository.claim(db, claim, claimedForMs);
  if (held === undefined) throw new AgentError('idempotency-in-progress', { value: claim.key });
  if (held.fingerprint !== claim.fingerprint) throw new AgentError('idempotency-key-reused', { value: claim.key });
  return held;
}

/** Undefined while there is no answer yet. */
export function answerOf({ status, headers, body }: ClaimRow): StoredAnswer | undefined {
  return status === null || body === null ? undefined : { status, headers: headers ?? {}, body };
}

function replayed<Result>(answer: StoredAnswer, reply: FastifyReply, metrics: Metrics): Result {
  metrics.idempotentReplays.inc();
  reply.header('idempotent-replayed', 'true');
  return JSON.parse(answer.body) as Result; // stored by the same route: its fingerprint is equal
}
