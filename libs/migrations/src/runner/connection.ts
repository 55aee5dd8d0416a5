import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { MigrationsError } from '../migrations-error.ts';
import { codeOf, describeFailure } from './describe-failure.ts';
import { historyTable } from './history.ts';
import type { Settings } from './runner-options.ts';

/** Runs the work on a connection of its own, which PostgreSQL may take some time to accept. */
export async function withConnection<T>(settings: Settings, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connect(settings);
  try {
    return await work(client);
  } catch (error) {
    throw describeFailure(error, historyTable);
  } finally {
    await client.end().catch(ignoreLostConnection);
  }
}

function ignoreLostConnection(): void {
  // Without a listener, a connection that PostgreSQL ends would end the process; the next query fails all the same.
}

const retryMs = 250;

async function connect(settings: Settings): Promise<Client> {
  const startedAtMs = Date.now();
  for (;;) {
    const outcome = await tryConnect(settings);
    if (outcome instanceof Client) return outcome;
    if (!isPassing(outcome))
      throw new MigrationsError('connection-refused', { detail: outcome.message }, { cause: outcome });
    const passedMs = Date.now() - startedAtMs;
    if (passedMs + retryMs > settings.waitForDatabaseMs) throw unreachable(passedMs, outcome);
    settings.onProgress({ kind: 'waiting-for-database', reason: reasonOf(outcome) });
    await sleep(retryMs);
  }
}

async function tryConnect({ connection }: Settings): Promise<Client | Error> {
  const client = new Client({
    application_name: 'task-api migrate',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    ...connection,
  });
  client.on('error', ignoreLostConnection);
  return client.connect().then(
    () => client,
    (error: Error) => error,
  );
}

/** Class 08: connection exceptions; 57P03: starting up; 53300: too many connections. */
const passingStates = /^(08...|57P03|53300)$/;
const passingCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ENOENT',
]);

function isPassing(error: Error): boolean {
  const code = codeOf(error);
  if (code === undefined) return /timeout|terminated unexpectedly/i.test(error.message);
  return passingStates.test(code) || passingCodes.has(code);
}

function unreachable(passedMs: number, error: Error): MigrationsError {
  return new MigrationsError('database-unreachable', { value: passedMs, detail: reasonOf(error) }, { cause: error });
}

/** A host with several addresses fails with an error that has no message of its own. */
const reasonOf = (error: Error): string => error.message || codeOf(error) || error.name;
