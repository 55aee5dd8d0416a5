import { createTestDatabase, type TestDatabase } from '@task-api/local-stack/testing';
import { Client } from 'pg';
import {
  digestHistory,
  type Migration,
  migrateUp,
  type RunnerOptions,
  readMigrations,
  type UpReport,
} from '../src/index.ts';

/** A database for a test of the runner, with what such a test does to it. */
export interface RunnerDatabase extends TestDatabase {
  up(options?: Partial<RunnerOptions>): Promise<UpReport>;
  connect(): Promise<Client>;
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

export const migrations: readonly Migration[] = await readMigrations();

/**
 * @param head number of the newest migration that the database has
 */
export async function createRunnerDatabase(head = 0, major = 18): Promise<RunnerDatabase> {
  const applied = migrations.slice(0, head);
  const name = `runner_${head}_${digestHistory(applied)}`;
  const build = async (url: string) => void (await runUp(url, { migrations: applied }));
  const database = await createTestDatabase({ major, template: { name, build } });
  const connect = () => openClient(database.url);
  const query = async <Row extends object>(text: string, values: readonly unknown[] = []) => {
    const client = await connect();
    const { rows } = await client.query<Row>(text, [...values]).finally(() => client.end());
    return rows;
  };
  return { ...database, connect, query, up: (options = {}) => runUp(database.url, options) };
}

function runUp(url: string, options: Partial<RunnerOptions>): Promise<UpReport> {
  return migrateUp({ connection: { connectionString: url }, migrations, appVersion: '0.1.0', ...options });
}

async function openClient(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', ignoreLostConnection);
  await client.connect();
  return client;
}

function ignoreLostConnection(): void {
  // Tests end connections on purpose; the next query fails all the same.
}
