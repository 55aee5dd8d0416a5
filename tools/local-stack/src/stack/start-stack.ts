import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compileCacheEnvironment } from '../cache-directory.ts';
import { assertPortIsFree } from '../free-port.ts';
import { type GuardedProcess, startGuarded } from '../guarded-process.ts';
import { LocalStackError } from '../local-stack-error.ts';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';
import { prefixedLog, type Source } from './prefixed-log.ts';
import { prepareDatabase } from './prepare-database.ts';
import { readableLogLine } from './readable-log-line.ts';
import { openCredentials, type StackCredentials, writeConnection } from './stack-credentials.ts';
import { openStackDirectory, postgresDirectory } from './stack-directory.ts';

export interface StackOptions {
  /** The checkout. */
  readonly root: string;
  /** Where data is kept. @default outside the checkout, one directory for each */
  readonly directory?: string;
  /** @default 'keep' */
  readonly data?: 'keep' | 'reset';
  /** @default 8000 */
  readonly port?: number;
  /** Variables of the agent, as a rendered ConfigMap has them. What concerns this machine is set on top. */
  readonly configuration?: Readonly<Record<string, string>>;
  readonly write: (text: string) => void;
}

export interface Stack {
  readonly directory: string;
  readonly url: string;
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly databaseUrl: string;
  readonly readyAfterMs: number;
  /** Resolves with the name of the first part that ends unasked. */
  readonly failed: Promise<Source>;
  /** The agent first, so that it can finish what it does. */
  stop(): Promise<void>;
}

interface Part {
  readonly name: Source;
  readonly exited: Promise<number>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL, Redis, the migrations and the agent on this machine, as a cluster would with the dev chart. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const startedMs = performance.now();
  const port = options.port ?? 8000;
  await assertPortIsFree(port, 'the agent');
  const directory = await openStackDirectory({ data: 'keep', ...options });
  const parts: Part[] = [];
  try {
    return await startParts({ ...options, port, directory, parts, startedMs });
  } catch (error) {
    await stopParts(parts);
    throw error;
  }
}

interface Context extends StackOptions {
  readonly port: number;
  readonly directory: string;
  readonly startedMs: number;
  /** What runs so far, in the order of its start. */
  readonly parts: Part[];
}

async function startParts(context: Context): Promise<Stack> {
  const { directory, parts, port, startedMs } = context;
  const { postgres, redis, databaseUrl, variables } = await startServers(context);
  await migrate(context, variables);
  const agent = await startAgent(context, variables);
  parts.push({ name: 'agent', exited: agent.exited, stop: () => agent.stop(agentStopMs) });
  await waitUntilReady(port, agent);
  return {
    directory,
    url: `http://${host}:${port}/`,
    postgres,
    redis,
    databaseUrl,
    readyAfterMs: Math.round(performance.now() - startedMs),
    failed: Promise.race(parts.map(({ name, exited }) => exited.then(() => name))),
    stop: () => stopParts(parts),
  };
}

const host = '127.0.0.1';

interface Servers {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly databaseUrl: string;
  readonly variables: Readonly<Record<string, string>>;
}

async function startServers(context: Context): Promise<Servers> {
  const credentials = await openCredentials(context.directory);
  const postgres = await startPostgresPart(context, credentials);
  const redis = await startRedisPart(context, credentials);
  const databaseUrl = await prepareDatabase(postgres, credentials);
  const variables = await writeConnection(context.directory, { database: databaseUrl, redis: redis.url });
  return { postgres, redis, databaseUrl, variables };
}

async function startPostgresPart(
  { directory, parts, write }: Context,
  credentials: StackCredentials,
): Promise<PostgresServer> {
  const server = await startPostgres({
    directory: postgresDirectory(directory),
    password: credentials.postgresAdminPassword,
    // What a statement did wrong, the agent says; what remains is why the server itself could not go on.
    settings: { log_min_messages: 'fatal' },
    onLog: prefixedLog('postgres', write),
  });
  parts.push({ name: 'postgres', ...server });
  return server;
}

async function startRedisPart({ parts, write }: Context, credentials: StackCredentials): Promise<RedisServer> {
  const server = await startRedis({ password: credentials.redisPassword, onLog: prefixedLog('redis', write) });
  parts.push({ name: 'redis', ...server });
  return server;
}

async function migrate(context: Context, variables: Readonly<Record<string, string>>): Promise<void> {
  const command = await runAgent(context, {
    source: 'migrate',
    arguments: ['migrate', 'up', '--wait-for-db'],
    variables,
  });
  const exitCode = await command.exited;
  if (exitCode === 0) return;
  throw new LocalStackError('did-not-start', { what: 'the migration', value: saidLast(command) });
}

function startAgent(context: Context, variables: Readonly<Record<string, string>>): Promise<GuardedProcess> {
  return runAgent(context, { source: 'agent', arguments: ['serve', '--host', host], variables });
}

interface AgentRun {
  readonly source: Source;
  readonly arguments: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** Nothing balances load here that would have to notice first, so the agent drains without delay. */
const localConfiguration = { DRAIN_DELAY_MS: '0', POD_NAME: 'local' };

async function runAgent(context: Context, run: AgentRun): Promise<GuardedProcess> {
  const { root, port, configuration = {}, write } = context;
  const machine = { PATH: process.env.PATH, ...(await compileCacheEnvironment()), PORT: String(port) };
  const print = prefixedLog(run.source, write);
  return startGuarded({
    program: process.execPath,
    arguments: ['--disable-warning=ExperimentalWarning', join(root, 'apps/agent/src/main.ts'), ...run.arguments],
    stopSignal: 'TERM',
    env: { ...configuration, ...localConfiguration, ...run.variables, ...machine },
    onLog: (line) => print(readableLogLine(line)),
  });
}

function saidLast(command: GuardedProcess): string {
  return command.recentLog().map(readableLogLine).join('\n');
}

const readyDeadlineMs = 60_000;
const agentStopMs = 60_000;
const pollMs = 25;

async function waitUntilReady(port: number, agent: GuardedProcess): Promise<void> {
  const deadline = Date.now() + readyDeadlineMs;
  while (!agent.hasExited() && Date.now() < deadline) {
    const isReady = await fetch(`http://${host}:${port}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (isReady) return;
    await sleep(pollMs);
  }
  throw new LocalStackError('did-not-start', { what: 'the agent', value: saidLast(agent) });
}

async function stopParts(parts: readonly Part[]): Promise<void> {
  for (const part of [...parts].reverse()) await part.stop();
}
