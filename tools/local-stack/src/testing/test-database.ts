import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { connectTestPostgres, type TestPostgres } from './test-postgres.ts';

/** What a database starts from. It is built once for all tests that name it, and copied. */
export interface DatabaseTemplate {
  /** Must change with what `build` makes: put a digest of it in. Letters, digits and underscores. */
  readonly name: string;
  build(url: string): Promise<void>;
}

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** @default 18 */
  readonly major?: number;
  /** @default an empty database */
  readonly template?: DatabaseTemplate;
}

/** Makes a database of its own for a test, on the shared server. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = await connectTestPostgres(options.major);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const source = options.template === undefined ? 'template1' : await prepareTemplate(server, options.template);
  await administrate(server, (client) => copyDatabase(client, source, name));
  return { name, url: server.url(name), drop: () => dropDatabase(server, name) };
}

async function prepareTemplate(server: TestPostgres, template: DatabaseTemplate): Promise<string> {
  const name = `template_${template.name}`;
  await administrate(server, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    if (!(await databaseExists(client, name))) await buildTemplate(server, client, { ...template, name });
  });
  return name;
}

/** Renamed last, so that a template whose build failed is never taken for a finished one. */
async function buildTemplate(server: TestPostgres, client: Client, template: DatabaseTemplate): Promise<void> {
  const draft = `draft_${randomBytes(6).toString('hex')}`;
  await copyDatabase(client, 'template1', draft);
  try {
    await template.build(server.url(draft));
    await client.query(`alter database ${escapeIdentifier(draft)} rename to ${escapeIdentifier(template.name)}`);
  } catch (error) {
    await client.query(`drop database ${escapeIdentifier(draft)} with (force)`);
    throw error;
  }
}

async function databaseExists(client: Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
  return rowCount === 1;
}

async function copyDatabase(client: Client, source: string, name: string): Promise<void> {
  const from = escapeIdentifier(source);
  await client.query(`create database ${escapeIdentifier(name)} template ${from} strategy file_copy`);
}

async function dropDatabase(server: TestPostgres, name: string): Promise<void> {
  await administrate(server, async (client) => {
    await client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
  });
}

async function administrate(server: TestPostgres, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
