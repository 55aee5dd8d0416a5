import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type Migration, migrateUp, type ProgressEvent, parseMigration } from '../src/index.ts';
import { createRunnerDatabase, migrations, type RunnerDatabase } from './runner-database.ts';

// Real servers on a machine that may be busy with other projects.
jest.setTimeout(60_000);

const databases: RunnerDatabase[] = [];
afterEach(() => Promise.all(databases.splice(0).map((database) => database.drop())));

describe('migrateUp', () => {
  it('applies everything once', async () => {
    const database = await open();
    expect(await database.up()).toMatchObject({ head: migrations.length, newer: [] });
    expect(await database.up()).toMatchObject({ applied: [], head: migrations.length });
  });

  it('leaves a schema alone that a later release has made', async () => {
    const database = await open(migrations.length);
    const older = await database.up({ migrations: migrations.slice(0, 13), appVersion: '0.1.0' });
    expect(older).toEqual({ applied: [], head: 14, newer: ['0014-drop-task-urgency.sql'] });
  });

  it('refuses a release below the floor', async () => {
    const database = await open(migrations.length);
    await expect(database.up({ migrations: migrations.slice(0, 9), appVersion: '0.0.9' })).rejects.toThrow(
      'this release is 0.0.9, but 0014-drop-task-urgency.sql needs 0.1.0 or later',
    );
  });

  it('rolls a file back whole when a statement fails, and names the statement', async () => {
    const database = await open();
    const flawed = parseMigration(
      '0001-make-things.sql',
      '-- phase: expand\n-- why: a test\n\ncreate table a ();\ncreate table a ();',
    );
    await expect(database.up({ migrations: [flawed] })).rejects.toThrow(
      '0001-make-things.sql, statement 2: relation "a" already exists (SQLSTATE 42P07)',
    );
    expect(await database.query(`select to_regclass('a') as found`)).toEqual([{ found: null }]);
  });

  it('says so when nothing listens, and when a password is wrong', async () => {
    const closed = { connectionString: 'postgres://postgres@127.0.0.1:1/x' };
    const options = { connection: closed, migrations, appVersion: '0.1.0', waitForDatabaseMs: 300 };
    await expect(migrateUp(options)).rejects.toMatchObject({ rule: 'database-unreachable', exitCode: 3 });
    const database = await open();
    const missing = { connectionString: database.url.replace(database.name, 'no_such_database') };
    await expect(migrateUp({ ...options, connection: missing })).rejects.toThrow(
      'PostgreSQL refused the connection: database "no_such_database" does not exist',
    );
  });

  it('says how long it has tried when nobody answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // It listens on a port, not on a path.
    const connection = { host: '127.0.0.1', port, connectionTimeoutMillis: 200 };
    await expect(migrateUp({ connection, migrations, appVersion: '0.1.0' })).rejects.toThrow(
      /^PostgreSQL did not accept a connection within [1-9]\d* ms: timeout expired$/,
    );
    server.close();
  });
});

describe('a contract', () => {
  it('waits while a release is live that needs what it takes away', async () => {
    const database = await open(13);
    await database.query(`insert into app_instances (name, app_version) values ('pod-a', '0.0.9'), ('pod-b', '0.1.0')`);
    await expect(database.up()).rejects.toThrow('these are live: pod-a (0.0.9); roll out 0.1.0 first, then migrate');
    await database.query(`update app_instances set seen_at = now() - interval '2 minutes' where name = 'pod-a'`);
    expect(await database.up()).toMatchObject({ applied: ['0014-drop-task-urgency.sql'] });
  });
});

describe('the move from urgent to priority', () => {
  it('keeps both columns in step for releases of both kinds', async () => {
    const database = await open(13);
    const add = 'insert into tasks (id, tenant_id, title';
    await database.query(`${add}, is_urgent) values (gen_random_uuid(), 't', 'old urgent', true)`);
    await database.query(`${add}) values (gen_random_uuid(), 't', 'old plain')`);
    await database.query(`${add}, priority) values (gen_random_uuid(), 't', 'new low', 'low')`);
    await database.query(`${add}, priority) values (gen_random_uuid(), 't', 'new high', 'high')`);
    await database.query(`update tasks set is_urgent = false where title = 'old urgent'`);
    await database.query(`update tasks set is_urgent = true where title = 'new low'`);
    await database.query(`update tasks set priority = 'low' where title = 'new high'`);
    expect(await database.query('select title, priority, is_urgent from tasks order by title')).toEqual([
      { title: 'new high', priority: 'low', is_urgent: false },
      { title: 'new low', priority: 'high', is_urgent: true },
      { title: 'old plain', priority: 'normal', is_urgent: false },
      { title: 'old urgent', priority: 'normal', is_urgent: false },
    ]);
  });
});

describe('a backfill', () => {
  const backfill = { migrations: migrations.slice(0, 10), backfillPauseRatio: 0 };

  it('changes every row in batches', async () => {
    const { database, events } = await openWithRows();
    await database.up({ ...backfill, onProgress: (event) => events.push(event) });
    expect(events.filter(({ kind }) => kind === 'batch-finished')).toHaveLength(3);
    expect(await countWithoutPriority(database)).toBe(0);
  });

  it('continues after the last batch when it was interrupted', async () => {
    const { database, events } = await openWithRows();
    const stopAfterFirst = (event: ProgressEvent) => {
      if (event.kind === 'batch-finished') throw new Error('interrupted');
    };
    await expect(database.up({ ...backfill, onProgress: stopAfterFirst })).rejects.toThrow('interrupted');
    expect(await countWithoutPriority(database)).toBe(1500);
    await database.up({ ...backfill, onProgress: (event) => events.push(event) });
    expect(events.filter(({ kind }) => kind === 'batch-finished')).toHaveLength(2);
    expect(await countWithoutPriority(database)).toBe(0);
  });

  async function openWithRows(): Promise<{ readonly database: RunnerDatabase; readonly events: ProgressEvent[] }> {
    const database = await open(8);
    await database.query(
      `insert into tasks (id, tenant_id, title) select gen_random_uuid(), 't', 'x' from generate_series(1, 2500)`,
    );
    return { database, events: [] };
  }

  async function countWithoutPriority(database: RunnerDatabase): Promise<number> {
    const [row] = await database.query<{ count: number }>(
      'select count(*)::integer as count from tasks where priority is null',
    );
    return row?.count ?? -1;
  }
});

describe('an index that an interrupted run left invalid', () => {
  it('is dropped and built again', async () => {
    const database = await open(7);
    await database.query('create index runs_queued on runs (seq)');
    await database.query(`update pg_index set indisvalid = false where indexrelid = 'runs_queued'::regclass`);
    const events: ProgressEvent[] = [];
    await database.up({ onProgress: (event) => events.push(event) });
    expect(events).toContainEqual({
      kind: 'invalid-index-dropped',
      name: '0008-index-run-queue.sql',
      index: 'runs_queued',
    });
    const [row] = await database.query<{ definition: string }>(
      `select pg_get_indexdef('runs_queued'::regclass) as definition`,
    );
    expect(row?.definition).toContain('(available_at, seq)');
  });

  const names = ['Tasks_By_Title', '"Tasks by  title, ""all"""', `tasks_by_${'t'.repeat(60)}`];

  it.each(names)('is dropped and built again when its name is written %s', async (name) => {
    const database = await open(migrations.length);
    await database.query(`create index ${name} on tasks (id)`);
    await database.query(`update pg_index set indisvalid = false where indexrelid = to_regclass($1)`, [name]);
    await database.up({ migrations: [...migrations, indexTitles(name)] });
    const [row] = await database.query(
      `select indisvalid, pg_get_indexdef(indexrelid) like '%(title)' as "isNew" from pg_index where indexrelid = to_regclass($1)`,
      [name],
    );
    expect(row).toEqual({ indisvalid: true, isNew: true });
  });

  it('is not taken for finished when another table has an index of that name', async () => {
    const database = await open(migrations.length);
    await database.query('create index tasks_by_title on sessions (title)');
    await expect(database.up({ migrations: [...migrations, indexTitles('tasks_by_title')] })).rejects.toThrow(
      `${nextNumber}-index-titles.sql: tasks has no valid index tasks_by_title after the statement that creates it`,
    );
  });

  const nextNumber = String(migrations.length + 1).padStart(4, '0');

  function indexTitles(name: string): Migration {
    return parseMigration(
      `${nextNumber}-index-titles.sql`,
      `-- phase: expand\n-- transaction: none\n-- why: a test\n\ncreate index concurrently if not exists ${name} on tasks (title);\n`,
    );
  }
});

async function open(head = 0): Promise<RunnerDatabase> {
  const database = await createRunnerDatabase(head);
  databases.push(database);
  return database;
}
