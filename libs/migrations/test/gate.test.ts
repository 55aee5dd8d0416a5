import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase, type DatabaseTemplate, type TestDatabase } from '@task-api/local-stack/testing';
import { Client } from 'pg';
import {
  checkCatalogueText,
  checkMigrations,
  type Finding,
  type LiveRelease,
  migrationRules,
  rehearse,
  type SqlCatalogue,
} from '../src/gate/index.ts';
import { digestHistory, type Migration, migrateUp } from '../src/index.ts';
import { readBase, readCorpus } from './read-corpus.ts';

// Real servers on a machine that may be busy with other projects.
jest.setTimeout(60_000);

/** What the live release of the corpus asks of the schema. */
const release: LiveRelease = {
  appVersion: '1.0.0',
  catalogue: {
    requiredSchema: 1,
    statements: [
      { name: 'find-task', text: 'select id, title, effort from tasks where id = $1' },
      { name: 'add-task', text: 'insert into tasks (id, owner_id, title) values ($1, $2, $3) returning id' },
      { name: 'finish-task', text: 'update tasks set is_done = true where id = $1' },
      { name: 'edit-task', text: 'update tasks set owner_id = $2, title = $3, effort = $4 where id = $1' },
      { name: 'delete-task', text: 'delete from tasks where id = $1' },
      { name: 'list-owners', text: 'select id, name from owners order by id limit $1' },
    ],
  },
};

/** The base of the corpus, with rows; the tasks leave room for the one that the release adds. */
const base: DatabaseTemplate = {
  name: `corpus_live_${digestHistory([readBase()])}`,
  build: async (url) => {
    const client = new Client({ connectionString: url });
    await migrateUp({ connection: { connectionString: url }, migrations: [readBase()], appVersion: '1.0.0' });
    await client.connect();
    await client.query(`
      insert into owners (id, name) select n, 'owner ' || n from generate_series(1, 500) n;
      insert into tasks (id, owner_id, title, effort) select n, n, 'task ' || n, n from generate_series(2, 500) n;
      insert into tasks (id, owner_id, title, effort) values (501, 1, repeat('t', 500), 1)`);
    await client.end();
  },
};

/** Where PostgreSQL itself shows the harm, how it does. The other cases are for the parser alone. */
const shown: Readonly<Record<string, string>> = {
  'contract-in-expand': 'live-statement',
  rename: 'live-statement',
  'change-type': 'traced-rewrite',
  'not-null-without-default': 'fails-with-data',
  'rewriting-column': 'traced-rewrite',
  'index-not-concurrent': 'traced-scan',
  'concurrently-in-transaction': 'fails-with-data',
  'constraint-not-valid': 'traced-scan',
  'validate-apart': 'traced-scan',
  'set-not-null': 'traced-scan',
  'session-state.function': 'traced-timeout',
  'opaque-statement': 'traced-write',
  'opaque-statement.select': 'traced-write',
  'opaque-statement.call': 'traced-write',
};

const databases: TestDatabase[] = [];
afterAll(() => Promise.all(databases.map((database) => database.drop())));

describe('an unsafe migration', () => {
  it.each(readCorpus('unsafe'))(
    'that breaks $name is refused, with the safe way in the message',
    async ({ rule, migrations }) => {
      const finding = (await checkMigrations(migrations)).find((one) => one.rule === rule);
      expect(finding?.message).toContain(migrationRules[rule]?.recipe);
    },
  );

  it.each(readCorpus('unsafe').filter(({ name }) => name in shown))(
    'that breaks $name does the harm on a real PostgreSQL',
    async ({ name, migrations }) => {
      const findings = await rehearseCase(migrations);
      expect(findings.map((finding) => finding.rule)).toContain(shown[name]);
    },
  );
});

describe('the safe twin', () => {
  it.each(readCorpus('safe'))('of $name passes the parser and a real PostgreSQL', async ({ migrations }) => {
    expect(await checkMigrations(migrations)).toEqual([]);
    expect(await rehearseCase(migrations)).toEqual([]);
  });
});

describe('a constraint that forbids what the live release writes', () => {
  it.each(readCorpus('live-unsafe'))(
    'as in $name is refused on a real PostgreSQL, with the safe way in the message',
    async ({ migrations }) => {
      const [finding] = await rehearseCase(migrations);
      expect(finding?.rule).toBe('live-statement');
      expect(finding?.message).toContain(
        'release code that keeps within the new constraint, then add it in a file with',
      );
    },
  );

  it.each(readCorpus('live-safe'))('passes in the safe twin of $name', async ({ migrations }) => {
    expect(await checkMigrations(migrations)).toEqual([]);
    expect(await rehearseCase(migrations)).toEqual([]);
  });
});

describe('a live release that selects all columns', () => {
  const starred: SqlCatalogue = {
    requiredSchema: 1,
    statements: [{ name: 'find-task', text: 'select * from tasks where id = $1' }],
  };

  it('is refused by the parser', async () => {
    const [finding] = await checkCatalogueText(starred);
    expect(finding).toMatchObject({
      rule: 'select-star',
      file: 'find-task',
      message: expect.stringContaining('name the columns'),
    });
  });

  it('breaks on its warm connections by a column that is merely added', async () => {
    const [added] = readCorpus('safe').filter(({ name }) => name === 'session-state');
    const findings = await rehearseCase(added?.migrations ?? [], { appVersion: '1.0.0', catalogue: starred });
    expect(findings).toEqual([
      expect.objectContaining({ message: expect.stringContaining('cached plan must not change result type') }),
    ]);
  });
});

describe('the corpus', () => {
  it('has an unsafe case and a safe twin for every rule', () => {
    const unsafe = readCorpus('unsafe');
    expect(new Set(unsafe.map(({ rule }) => rule))).toEqual(new Set(Object.keys(migrationRules)));
    expect(readCorpus('safe').map(({ name }) => name)).toEqual(unsafe.map(({ name }) => name));
    expect(readCorpus('live-safe').map(({ name }) => name)).toEqual(readCorpus('live-unsafe').map(({ name }) => name));
  });
});

async function rehearseCase(migrations: readonly Migration[], live = release): Promise<readonly Finding[]> {
  const database = await createTestDatabase({ template: base });
  databases.push(database);
  const steps = await rehearse({ url: database.url, from: 1, migrations, seed: leaveEmpty, releases: [live] });
  return steps.flatMap(({ findings }) => findings);
}

async function leaveEmpty(): Promise<void> {
  // Locks are the same with and without rows.
}
