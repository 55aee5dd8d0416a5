import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { searchPostgres } from '@task-api/local-stack';
import { createTestDatabase, type TestDatabase } from '@task-api/local-stack/testing';
import {
  checkMigrations,
  type LiveRelease,
  rehearse,
  renderFindings,
  runSquawk,
  seedTables,
} from '../src/gate/index.ts';
import { type Migration, migrationsDirectory, parseMigration, readMigrations, snapshotName } from '../src/index.ts';
import { buildSnapshot } from './build-snapshot.ts';

// Real servers on a machine that may be busy with other projects.
jest.setTimeout(120_000);

/** The release before 0.1.0, which knew tasks as urgent or not. */
const beforePriorities: LiveRelease = {
  appVersion: '0.0.9',
  catalogue: {
    requiredSchema: 8,
    statements: [
      {
        name: 'task-add',
        text: 'insert into tasks (id, tenant_id, title, is_urgent) values ($1, $2, $3, $4) returning id, is_urgent, version',
      },
      {
        name: 'task-find',
        text: 'select id, title, status, is_urgent, due_at, version from tasks where tenant_id = $1 and id = $2',
      },
      {
        name: 'task-set-urgent',
        text: 'update tasks set is_urgent = $3, version = version + 1 where tenant_id = $1 and id = $2 returning version',
      },
      {
        name: 'run-lease',
        text: `update runs set status = 'running', lease_owner = $1, lease_until = now() + interval '30 seconds', attempt = attempt + 1
        where id = (select id from runs where status = 'queued' and available_at <= now() order by available_at, seq limit 1 for update skip locked)
        returning id, attempt`,
      },
      { name: 'event-add', text: 'insert into run_events (run_id, seq, kind, data) values ($1, $2, $3, $4)' },
    ],
  },
};

const majors = (await Promise.all([18, 15].map((major) => searchPostgres({ major })))).flatMap(
  (found) => found?.major ?? [],
);
const migrations = await readMigrations();
const nextMigration = parseMigration(
  `${String(migrations.length + 1).padStart(4, '0')}-add-task-colour.sql`,
  '-- phase: expand\n-- why: a test\n\nalter table tasks add column colour text;\n',
);
const databases: TestDatabase[] = [];
afterAll(() => Promise.all(databases.map((database) => database.drop())));

describe('the history', () => {
  it('passes the rules', async () => {
    expect(renderFindings(await checkMigrations(migrations))).toBe('');
  });

  it('passes squawk', async () => {
    expect(renderFindings(await runSquawk(migrationsDirectory, migrations))).toBe('');
  });

  it.each(majors)('rewrites, scans and breaks nothing on PostgreSQL %i with data and traffic', async (major) => {
    const steps = await rehearseHistory(major, [beforePriorities]);
    expect(renderFindings(steps.flatMap(({ findings }) => findings))).toBe('');
  });

  it('would break the release before priorities by its contract, and says so from then on', async () => {
    const stillLive = { ...beforePriorities, appVersion: '0.1.0' };
    const steps = await rehearseHistory(18, [stillLive], [...migrations, nextMigration]);
    const broken = steps.filter(({ findings }) => findings.length > 0);
    expect(broken.map(({ name }) => name)).toEqual(['0014-drop-task-urgency.sql', nextMigration.name]);
    expect(broken.at(-1)?.findings[0]?.message).toMatch(
      /^the live release's statement "task-add" fails before this migration already: 42703 column "is_urgent"/,
    );
  });

  it('goes on after its contract, which has left the release before priorities behind for good', async () => {
    const steps = await rehearseHistory(18, [beforePriorities], [...migrations, nextMigration]);
    expect(renderFindings(steps.flatMap(({ findings }) => findings))).toBe('');
    expect(steps.at(-1)?.name).toBe(nextMigration.name);
  });

  it.each(majors)('leads to the committed schema on PostgreSQL %i', async (major) => {
    const committed = await readFile(join(migrationsDirectory, snapshotName), 'utf8');
    expect(await buildSnapshot(major)).toBe(committed);
  });
});

async function rehearseHistory(
  major: number,
  releases: readonly LiveRelease[],
  history: readonly Migration[] = migrations,
): ReturnType<typeof rehearse> {
  const database = await createTestDatabase({ major });
  databases.push(database);
  return rehearse({ url: database.url, migrations: history, seed: seedTables, releases });
}
