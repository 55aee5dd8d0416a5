import { Client, escapeLiteral } from 'pg';
import type { PostgresServer } from '../postgres-server.ts';
import type { StackCredentials } from './stack-credentials.ts';

export const databaseName = 'task_api';

/** Makes the user and the database that the chart's PostgreSQL would have; both may exist. Returns the user's URL. */
export async function prepareDatabase(server: PostgresServer, credentials: StackCredentials): Promise<string> {
  const { hostname, port } = new URL(server.url());
  const client = new Client({
    host: hostname,
    port: Number(port),
    user: 'postgres',
    password: credentials.postgresAdminPassword,
    database: 'postgres',
  });
  await client.connect();
  try {
    await createMissing(client, credentials.databasePassword);
  } finally {
    await client.end();
  }
  return `postgres://${databaseName}@${hostname}:${port}/${databaseName}`;
}

async function createMissing(client: Client, password: string): Promise<void> {
  const { rows } = await client.query(`
    select exists (select 1 from pg_roles where rolname = '${databaseName}') as "hasUser",
      exists (select 1 from pg_database where datname = '${databaseName}') as "hasDatabase"`);
  if (!rows[0].hasUser) await client.query(`create role ${databaseName} login password ${escapeLiteral(password)}`);
  if (!rows[0].hasDatabase) await client.query(`create database ${databaseName} owner ${databaseName}`);
}
