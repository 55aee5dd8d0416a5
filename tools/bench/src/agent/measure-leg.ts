import type { Redis } from 'ioredis';
import { BenchError } from '../bench-error.ts';
import type { LoadGenerator } from '../load/load-generator.ts';
import type { LoadPlan, LoadResult } from '../load/load-request.ts';
import { processorTimeMs } from '../process/processor-time.ts';
import type { Leg } from './leg.ts';
import type { Stage } from './stage.ts';

/** Whose processor time is told apart. */
export const roles = ['server', 'redis', 'postgres', 'upstream'] as const;
export type Role = (typeof roles)[number];
export type ByRole = Readonly<Record<Role, number>>;

export interface Sample {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Microseconds of processor time a request. */
  readonly cpuUs: ByRole;
  /** Keys found in Redis a request. */
  readonly redisHits: number;
  /** Share of answers that came about otherwise than the leg is about. */
  readonly otherwise: number;
}

export interface Measuring {
  readonly stage: Stage;
  readonly generator: LoadGenerator;
  readonly redis: Redis;
}

/** How a leg is asked: by how many at once, and for how long or how often. */
export type Extent = Pick<LoadPlan, 'connections' | 'durationMs' | 'requests'>;

/** Puts load on one leg and reads what it took. */
export async function measureLeg(leg: Leg, extent: Extent, measuring: Measuring): Promise<Sample> {
  const before = await readCounters(leg, measuring);
  const result = await measuring.generator.run({ host, port: leg.server.port, request: leg.request, ...extent });
  const after = await readCounters(leg, measuring);
  assertExpected(leg, result);
  return {
    requestsPerSecond: result.requests / (result.elapsedMs / 1000),
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    cpuUs: byRole((role) => (1000 * (after.cpuMs[role] - before.cpuMs[role])) / result.requests),
    redisHits: (after.redisHits - before.redisHits) / result.requests,
    otherwise: 1 - (result.outcomes[leg.expected] ?? 0) / result.requests,
  };
}

const host = '127.0.0.1';

interface Counters {
  readonly cpuMs: ByRole;
  readonly redisHits: number;
}

async function readCounters({ server }: Leg, { stage, redis }: Measuring): Promise<Counters> {
  const pids = {
    server: server.pid,
    redis: stage.redis.pid,
    postgres: stage.postgres.pid,
    upstream: stage.upstream.pid,
  };
  // A leg that measures the upstream itself has it as its server, and counts it once.
  const cpuMs = byRole((role) => (role === 'upstream' && server === stage.upstream ? 0 : processorTimeMs(pids[role])));
  return { cpuMs, redisHits: Number(/^keyspace_hits:(\d+)/m.exec(await redis.info('stats'))?.[1]) };
}

/** One figure for each role. */
export function byRole(figure: (role: Role) => number): ByRole {
  return {
    server: figure('server'),
    redis: figure('redis'),
    postgres: figure('postgres'),
    upstream: figure('upstream'),
  };
}

/** A busy process reads what Redis says later than it waits for it now and then: more would be another measurement. */
const toleratedShare = 0.1;

function assertExpected({ name, expected }: Leg, { outcomes, requests }: LoadResult): void {
  const others = Object.entries(outcomes).filter(([outcome]) => outcome !== expected);
  const wrong = others.filter(([outcome, count]) => !outcome.startsWith('200 ') || count > toleratedShare * requests);
  if (wrong.length === 0) return;
  const value = wrong.map(([outcome, count]) => `${count} × "${outcome}"`).join(', ');
  throw new BenchError('wrong-answers', { what: name, value, allowed: `"${expected}"` });
}
