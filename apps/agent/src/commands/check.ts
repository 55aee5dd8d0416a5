import { setTimeout as sleep } from 'node:timers/promises';
import { agentContract } from '@task-api/contract';
import { requiredSchemaVersion } from '../app-version.ts';
import { urlOf } from '../config/config-variables.ts';
import { parseDatabase, parseRedis } from '../config/parse-config.ts';
import { openDatabase } from '../database/database.ts';
import { isError } from '../is-error.ts';
import { openRedisStore } from '../redis/redis-store.ts';
import { schemaRepository } from '../repositories/schema-repository.ts';
import { type CommandIo, type ExitCode, exitCodes } from './command-io.ts';

interface Finding {
  readonly subject: string;
  readonly isHealthy: boolean;
  readonly detail: string;
}

const timeoutMs = 25_000;

export interface CheckOptions {
  /**
   * Milliseconds for which a dependency that gives no answer is asked again. A network policy takes moments to learn
   * the address of a new pod, and this command is the first thing that its pod does.
   *
   * @default 20 seconds
   */
  readonly patienceMs?: number;
}

/** `check`: says for PostgreSQL, Redis and, if AGENT_URL is set, the service whether each is healthy. */
export async function check(io: CommandIo, { patienceMs = 20_000 }: CheckOptions = {}): Promise<ExitCode> {
  const giveUpAtMs = Date.now() + patienceMs;
  const findings = await Promise.all(
    [checkPostgres, checkRedis, checkAgent].map((ask) => withinDeadline(ask(io, giveUpAtMs))),
  );
  const known = findings.filter((finding) => finding !== undefined);
  for (const { subject, isHealthy, detail } of known)
    io.print(`${subject}: ${isHealthy ? 'healthy' : 'unhealthy'} (${detail})`);
  return known.every(({ isHealthy }) => isHealthy) ? exitCodes.ok : exitCodes.failed;
}

async function checkPostgres({ env }: CommandIo, giveUpAtMs: number): Promise<Finding | undefined> {
  const subject = 'PostgreSQL';
  return reported(subject, async () => {
    const database = openDatabase({ ...parseDatabase(env), poolMax: 1, onIdleError: () => undefined });
    try {
      const applied = await answered(() => schemaRepository.appliedVersion(database), giveUpAtMs);
      const isHealthy = applied >= requiredSchemaVersion;
      return { subject, isHealthy, detail: `schema ${applied}, required ${requiredSchemaVersion}` };
    } finally {
      await database.close();
    }
  });
}

async function checkRedis({ env }: CommandIo, giveUpAtMs: number): Promise<Finding | undefined> {
  const subject = 'Redis';
  return reported(subject, async () => {
    const connection = parseRedis(env);
    if (connection === undefined) return undefined;
    const redis = openRedisStore({ connection, onStateChange: () => undefined, onError: () => undefined });
    try {
      await answered(() => redis.ping(), giveUpAtMs);
      return { subject, isHealthy: true, detail: 'it answers PING' };
    } finally {
      await redis.close();
    }
  });
}

async function checkAgent({ env }: CommandIo, giveUpAtMs: number): Promise<Finding | undefined> {
  const subject = 'Agent';
  return reported(subject, async () => {
    const url = urlOf(env, 'AGENT_URL', ['http:', 'https:']);
    if (url === undefined) return undefined;
    const readiness = new URL(agentContract.paths.readiness, url);
    const { status } = await answered(() => fetch(readiness, { signal: AbortSignal.timeout(attemptMs) }), giveUpAtMs);
    return { subject, isHealthy: status === 200, detail: `${agentContract.paths.readiness} answers ${status}` };
  });
}

const attemptMs = 2000;
const pauseMs = 50;

/** An answer is an answer, also an unwelcome one; what is asked again is what gave none. */
async function answered<Answer>(ask: () => Promise<Answer>, giveUpAtMs: number): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > giveUpAtMs) throw error;
      await sleep(pauseMs);
    }
  }
}

/** A mistake in the environment concerns its subject alone, too; undefined is what the environment does not name. */
async function reported(subject: string, work: () => Promise<Finding | undefined>): Promise<Finding | undefined> {
  try {
    return await work();
  } catch (error) {
    return { subject, isHealthy: false, detail: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  if (!isError(error)) return 'it failed';
  const cause = isError(error.cause) ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}

async function withinDeadline(finding: Promise<Finding | undefined>): Promise<Finding | undefined> {
  const late = sleep(timeoutMs + 1000, undefined, { ref: false }).then(() => ({
    subject: 'Check',
    isHealthy: false,
    detail: `no answer in ${timeoutMs} ms`,
  }));
  return Promise.race([finding, late]);
}
