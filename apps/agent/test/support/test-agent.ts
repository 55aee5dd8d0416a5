import { type RedisServer, startRedis } from '@task-api/local-stack';
import type { TestDatabase } from '@task-api/local-stack/testing';
import { parseConfig } from '../../src/config/parse-config.ts';
import { type Agent, createAgent } from '../../src/create-agent.ts';
import type { ChatModel } from '../../src/models/language-model.ts';
import { createLogger } from '../../src/telemetry/create-logger.ts';
import { createAgentDatabase } from './agent-database.ts';

export interface TestAgentOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly model?: ChatModel;
  /** @default no Redis */
  readonly redis?: RedisServer;
  /** @default a new one */
  readonly database?: TestDatabase;
}

export interface TestAgent extends Agent {
  readonly url: string;
  readonly database: TestDatabase;
  /** Every line that was logged. */
  readonly logs: readonly string[];
}

const quick = {
  PORT: '0',
  DRAIN_DELAY_MS: '0',
  RUN_DRAIN_BUDGET_MS: '2000',
  CLOSE_DEADLINE_MS: '500',
  RUN_LEASE_MS: '1500',
  RATE_LIMIT_PER_MINUTE: '0',
  LOG_LEVEL: 'debug',
};
const cleanups: (() => Promise<void>)[] = [];

/** An agent that listens and executes runs, on a database of its own. {@link stopTestAgents} ends it. */
export async function startTestAgent(options: TestAgentOptions = {}): Promise<TestAgent> {
  const database = options.database ?? (await ownDatabase());
  const logs: string[] = [];
  const log = createLogger('debug', { write: (line) => void logs.push(line) });
  const redisUrl = options.redis && { REDIS_URL: options.redis.url };
  const config = parseConfig({ ...quick, DATABASE_URL: database.url, ...redisUrl, ...options.env });
  const agent = await createAgent({ config, log, ...(options.model && { model: options.model }) });
  cleanups.push(() => agent.stop());
  await agent.start('127.0.0.1');
  return { ...agent, url: urlOf(agent), database, logs };
}

export async function startTestRedis(): Promise<RedisServer> {
  const redis = await startRedis();
  cleanups.push(() => redis.stop());
  return redis;
}

export async function ownDatabase(): Promise<TestDatabase> {
  const database = await createAgentDatabase();
  cleanups.push(() => database.drop());
  return database;
}

/** Ends what the tests of a file have started, newest first. */
export async function stopTestAgents(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

export function addCleanup(cleanup: () => Promise<void>): void {
  cleanups.push(cleanup);
}

function urlOf({ app }: Agent): string {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the agent does not listen');
  return `http://127.0.0.1:${address.port}`;
}
