import { mkdtempSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, type PostgresServer, startPostgres } from '@task-api/local-stack';
import { migrateUp, readMigrations } from '@task-api/migrations';
import pg from 'pg';
import { appVersion } from '../../../src/app-version.ts';
import { startAgentProcess } from '../../support/agent-process.ts';
import { type Body, createClient } from '../../support/api-client.ts';
import { addCleanup } from '../../support/test-agent.ts';
import { countBy } from '../load.ts';
import { checkRuns, untilQueueIsEmpty } from '../run-ledger.ts';
import type { Endurance } from '../scenario.ts';

interface Ledger {
  readonly tasks: Map<string, string>;
  readonly runs: Map<string, string>;
  readonly statuses: number[];
  readonly silent503: number[];
}

/** What was acknowledged must be there, and what was not must have been refused in an orderly way. */
export const scenario: Endurance = {
  name: 'postgres-restart',
  title: 'writes and runs on two replicas while PostgreSQL is restarted and killed, three times each',
  run: async ({ scaled, checks, figure }) => {
    const server = await Server.start();
    const url = server.url;
    await migrateUp({ connection: { connectionString: url }, migrations: await readMigrations(), appVersion });
    const env = { DATABASE_URL: url, LOG_LEVEL: 'info', WORKERS: '6' };
    const replicas = [await startAgentProcess(env), await startAgentProcess(env)];
    const ledger: Ledger = { tasks: new Map(), runs: new Map(), statuses: [], silent503: [] };
    const stop = new AbortController();
    const writers = Array.from({ length: 8 }, (_, writer) =>
      write(replicas[writer % 2]?.url ?? '', ledger, { writer, signal: stop.signal }),
    );
    for (let round = 0; round < scaled(3); round += 1) {
      await pause(3000);
      await server.restart();
      await pause(3000);
      await server.crash();
    }
    await pause(3000);
    stop.abort();
    await Promise.all(writers);
    await untilQueueIsEmpty(url, 120_000);
    figure('answers by status', JSON.stringify(countBy(ledger.statuses)));
    figure('acknowledged', `${ledger.tasks.size} tasks, ${ledger.runs.size} runs`);
    checks.equal('tasks acknowledged and lost', await countMissing(url, ledger.tasks), 0);
    const { retried, mostAttempts } = await checkRuns(url, ledger.runs, checks);
    figure('runs begun again', `${retried}, at most ${mostAttempts} attempts`);
    const unexpected = ledger.statuses.filter((status) => status >= 400 && status !== 503);
    checks.equal('refusals other than 503', countBy(unexpected), {});
    checks.equal('503 without Retry-After', ledger.silent503.length, 0);
    checks.atLeast('refusals while PostgreSQL was away', countBy(ledger.statuses)[503] ?? 0, 1);
    for (const [index, { url: address, child, logs }] of replicas.entries()) {
      checks.equal(`replica ${index} lives`, child.exitCode, null);
      if (child.exitCode !== null) figure('its last words', logs.slice(-60).join('\n'));
      else checks.equal(`replica ${index} is ready`, (await createClient(address).get('/readyz')).status, 200);
    }
  },
};

/** A PostgreSQL of its own, on one port and one directory. */
class Server {
  readonly #directory: string;
  readonly #port: number;
  #server: PostgresServer | undefined;

  constructor(directory: string, port: number) {
    this.#directory = directory;
    this.#port = port;
  }

  static async start(): Promise<Server> {
    const directory = mkdtempSync(join(tmpdir(), 'task-api-endurance-'));
    await chmod(directory, 0o711);
    const server = new Server(directory, await findFreePort());
    addCleanup(async () => {
      await server.#server?.stop();
      await rm(directory, { recursive: true, force: true });
    });
    await server.#launch();
    return server;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.#port}/postgres`;
  }

  async restart(): Promise<void> {
    await this.#server?.stop();
    await this.#launch();
  }

  async crash(): Promise<void> {
    if (this.#server !== undefined) process.kill(this.#server.pid, 'SIGKILL');
    await this.#server?.exited;
    await this.restart();
  }

  /** After a crash the port and the memory of the old server take a moment to be free. */
  async #launch(attempt = 1): Promise<void> {
    try {
      this.#server = await startPostgres({ directory: this.#directory, port: this.#port });
    } catch (error) {
      if (attempt === 20) throw error;
      await pause(200);
      await this.#launch(attempt + 1);
    }
  }
}

interface Writer {
  readonly writer: number;
  readonly signal: AbortSignal;
}

/** Two tasks, then a run, again and again; nothing is repeated. */
async function write(url: string, ledger: Ledger, { writer, signal }: Writer): Promise<void> {
  const api = createClient(url);
  for (let index = 0; !signal.aborted; index += 1) {
    const title = `restart ${writer} number ${index}`;
    const isRun = index % 3 === 2;
    const session = isRun ? await note(ledger, api.post('/v1/sessions', {})) : undefined;
    if (isRun && session === undefined) continue;
    const body = { input: `add a task: ${title}` };
    const answer = isRun ? api.post(`/v1/sessions/${session}/runs`, body) : api.post('/v1/tasks', { title });
    const id = await note(ledger, answer);
    if (id !== undefined) (isRun ? ledger.runs : ledger.tasks).set(id, title);
  }
}

type ApiAnswer = ReturnType<ReturnType<typeof createClient>['get']>;

/** The id of what was made; undefined when it was refused. */
async function note(ledger: Ledger, answer: ApiAnswer): Promise<string | undefined> {
  const { status, headers, body } = await answer.catch((error: unknown) => broken(error));
  ledger.statuses.push(status);
  if (status < 300) return body.id;
  if (headers.get('retry-after') === null) ledger.silent503.push(status);
  await pause(50);
  return undefined;
}

/** No answer at all: the process is gone, or has dropped the connection. */
function broken(error: unknown): Awaited<ApiAnswer> {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
  return { status: 599, headers: new Headers({ 'retry-after': cause }), body: { id: '' } as Body };
}

async function countMissing(url: string, tasks: ReadonlyMap<string, string>): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ id: string }>('select id from tasks');
  await client.end();
  const there = new Set(rows.map(({ id }) => id));
  return [...tasks.keys()].filter((id) => !there.has(id)).length;
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
