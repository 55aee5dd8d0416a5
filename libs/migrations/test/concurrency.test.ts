import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { searchPostgres } from '@task-api/local-stack';
import { type ProgressEvent, parseMigration, type UpReport } from '../src/index.ts';
import { describeSchema } from '../src/schema/describe-schema.ts';
import { createRunnerDatabase, migrations, type RunnerDatabase } from './runner-database.ts';

// Real servers on a machine that may be busy with other projects.
jest.setTimeout(60_000);

const majors = (await Promise.all([18, 15].map((major) => searchPostgres({ major })))).flatMap(
  (found) => found?.major ?? [],
);
const databases: RunnerDatabase[] = [];
afterEach(() => Promise.all(databases.splice(0).map((database) => database.drop())));

/** Those of a backfill run once per batch, of which an empty database has none. */
const statements = migrations
  .filter(({ backfill }) => backfill === undefined)
  .flatMap((migration) => migration.statements);
const everything = migrations.map(({ name }) => name);

/** The runner is the same on every version, so the older one gets a sample. */
const isTried = (boundary: number, major: number): boolean => major === 18 || boundary % 4 === 0;

describe.each(majors)('on PostgreSQL %i', (major) => {
  it('lets exactly one of eight runners apply', async () => {
    const database = await open(0, major);
    const reports = await Promise.all(Array.from({ length: 8 }, () => database.up()));
    const appliers = reports.filter(({ applied }) => applied.length > 0);
    expect(appliers).toEqual([{ applied: everything, head: migrations.length, newer: [] }]);
    expect(reports.every(({ head }: UpReport) => head === migrations.length)).toBe(true);
  });

  it('finishes in the next run after the connection was cut at any boundary', async () => {
    const boundaries = await countBoundaries(major);
    expect(boundaries).toBe(statements.length + migrations.length);
    const expected = await finishedDigest(major);
    const cuts = Array.from({ length: boundaries }, (_, index) => index + 1).filter((cut) => isTried(cut, major));
    const results = await mapInFours(cuts, (boundary) => cutAndResume(boundary, major));
    expect(new Set(results)).toEqual(new Set([expected]));
  });

  it('gives way to readers while another transaction keeps it from its lock', async () => {
    const database = await open(8, major);
    const blocker = await database.connect();
    await blocker.query('begin; lock table tasks in access share mode');
    const retries: ProgressEvent[] = [];
    const migrating = database.up({
      lockTimeoutMs: 50,
      onProgress: (event) => event.kind === 'lock-retried' && retries.push(event),
    });
    const worstMs = await worstRead(database, 2_500);
    await blocker.query('commit');
    await blocker.end();
    expect(await migrating).toMatchObject({ head: migrations.length });
    expect(retries.length).toBeGreaterThan(1);
    // The reader waits for one lock_timeout at most; the rest is room for a loaded machine.
    expect(worstMs).toBeLessThan(1_200);
  });
});

describe('a runner', () => {
  it('finishes in the next run after SIGKILL', async () => {
    for (const event of ['migration-started 8', 'statement-finished 20', 'migration-finished 12']) {
      const database = await open();
      expect(await runKilled(database.url, event)).toBe('SIGKILL');
      expect(await database.up()).toMatchObject({ head: migrations.length });
    }
  });

  it('gives up when it gets no lock, and says what to look for', async () => {
    const database = await open(8);
    const blocker = await database.connect();
    await blocker.query('begin; lock table tasks in access share mode');
    await expect(database.up({ lockTimeoutMs: 20, patienceMs: 400 })).rejects.toThrow(
      /^0009-add-task-priority\.sql did not get its locks within 400 ms, in \d+ tries; look for a long transaction/,
    );
    await blocker.end();
  });

  it('names the runner that holds the lock when it gives up waiting', async () => {
    const database = await open(8);
    const blocker = await database.connect();
    await blocker.query('begin; lock table tasks in access share mode');
    const first = database.up({ lockTimeoutMs: 20, patienceMs: 3_000 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(database.up({ patienceMs: 100 })).rejects.toThrow(
      /another migration runner \(backend \d+\) still held the lock after 100 ms/,
    );
    await blocker.end();
    await first;
  });

  it('stops when its session lost the lock, as behind a pooler', async () => {
    const database = await open();
    const release = parseMigration(
      '0001-release-lock.sql',
      '-- phase: expand\n-- why: a test\n\nselect pg_advisory_unlock_all();',
    );
    const next = parseMigration('0002-make-thing.sql', '-- phase: expand\n-- why: a test\n\ncreate table thing ();');
    await expect(database.up({ migrations: [release, next] })).rejects.toThrow(
      'the session does not hold its advisory lock (nobody holds it); DATABASE_URL must reach PostgreSQL directly',
    );
  });
});

async function open(head = 0, major = 18): Promise<RunnerDatabase> {
  const database = await createRunnerDatabase(head, major);
  databases.push(database);
  return database;
}

/** Points between two statements, of which the file's last one is followed by the commit. */
const isBoundary = ({ kind }: ProgressEvent): boolean => kind === 'statement-finished' || kind === 'migration-finished';

async function countBoundaries(major: number): Promise<number> {
  let boundaries = 0;
  const count = (event: ProgressEvent) => {
    if (isBoundary(event)) boundaries += 1;
  };
  await (await open(0, major)).up({ onProgress: count });
  return boundaries;
}

async function finishedDigest(major: number): Promise<string> {
  const database = await open(0, major);
  await database.up();
  return digestSchema(database);
}

async function digestSchema(database: RunnerDatabase): Promise<string> {
  const client = await database.connect();
  return describeSchema(client).finally(() => client.end());
}

/** Returns the schema that the second run led to. */
async function cutAndResume(boundary: number, major: number): Promise<string> {
  const database = await createRunnerDatabase(0, major);
  const socket = new Socket();
  let passed = 0;
  const cut = (event: ProgressEvent) => {
    if (isBoundary(event)) passed += 1;
    if (passed === boundary) socket.destroy();
  };
  const connection = { connectionString: database.url, stream: () => socket };
  await database.up({ connection, onProgress: cut }).catch(expectConnectionLost);
  const { head } = await database.up();
  const schema = await digestSchema(database);
  await database.drop();
  return head === migrations.length ? schema : `head is ${head}`;
}

function expectConnectionLost(error: unknown): void {
  expect(error).toMatchObject({ rule: expect.stringMatching(/connection-lost|lock-not-held/) });
}

/** Runs the work for four items at a time: most of it is waiting. */
async function mapInFours<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const lanes = [0, 1, 2, 3].map(async (lane) => {
    const results: R[] = [];
    for (const item of items.filter((_, index) => index % 4 === lane)) results.push(await work(item));
    return results;
  });
  return (await Promise.all(lanes)).flat();
}

/** Longest time that a read of the tasks took. */
async function worstRead(database: RunnerDatabase, durationMs: number): Promise<number> {
  const reader = await database.connect();
  const end = performance.now() + durationMs;
  let worstMs = 0;
  while (performance.now() < end) {
    const startedMs = performance.now();
    await reader.query('select id from tasks limit 1');
    worstMs = Math.max(worstMs, performance.now() - startedMs);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await reader.end();
  return worstMs;
}

/** Runs in a process of its own, which kills itself at the given event. */
async function runKilled(url: string, event: string): Promise<unknown> {
  const program = join(import.meta.dirname, 'fixtures/run-until-killed.ts');
  const child = spawn(process.execPath, [program, url, event], { stdio: 'ignore' });
  const [, signal] = await once(child, 'exit');
  return signal;
}
