import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';

// Real servers on a machine that may be busy with other projects.
jest.setTimeout(60_000);

const databases: TestDatabase[] = [];
afterAll(() => Promise.all(databases.map((database) => database.drop())));

describe('createTestDatabase', () => {
  it('gives each test a copy of the template of its own', async () => {
    let builds = 0;
    const name = `numbers_${Date.now()}`;
    const build = async (url: string) => {
      builds += 1;
      await run(url, 'create table numbers (n integer)', 'insert into numbers values (1)');
    };
    const [first, second] = await Promise.all([create({ name, build }), create({ name, build })]);
    await run(first.url, 'delete from numbers');
    expect(builds).toBe(1);
    expect(await run(second.url, 'select n from numbers')).toEqual([{ n: 1 }]);
  });

  it('builds a template again after a build that failed', async () => {
    const name = `flawed_${Date.now()}`;
    await expect(create({ name, build: (url) => execute(url, 'select 1/0') })).rejects.toThrow('division by zero');
    const database = await create({ name, build: (url) => execute(url, 'create table made ()') });
    expect(await run(database.url, `select to_regclass('made')::text as found`)).toEqual([{ found: 'made' }]);
  });
});

async function create(template: { name: string; build(url: string): Promise<void> }): Promise<TestDatabase> {
  const database = await createTestDatabase({ template });
  databases.push(database);
  return database;
}

async function execute(url: string, statement: string): Promise<void> {
  await run(url, statement);
}

async function run(url: string, ...statements: readonly string[]): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: readonly unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}
