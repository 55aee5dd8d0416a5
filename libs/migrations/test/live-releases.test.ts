import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { searchPostgres } from '@task-api/local-stack';
import { createTestDatabase, type TestDatabase } from '@task-api/local-stack/testing';
import { checkLiveReleases, type ReleaseReport, renderFindings, seedTables } from '../src/gate/index.ts';
import { readRelease } from '../src/gate/read-release.ts';
import { type Migration, parseMigration, readMigrations } from '../src/index.ts';
import { readLivePins } from './live-pins.ts';
import { createReleasedRepository, type ReleasedRepository, thing } from './released-repository.ts';

// Real servers on a machine that may be busy with other projects.
jest.setTimeout(60_000);

const majors = (await Promise.all([18, 15].map((major) => searchPostgres({ major })))).flatMap(
  (found) => found?.major ?? [],
);
const databases: TestDatabase[] = [];
const repositories: ReleasedRepository[] = [];
afterAll(async () => {
  await Promise.all(databases.map((database) => database.drop()));
  for (const repository of repositories) repository.remove();
});

describe('the releases that the environments of this repository run', () => {
  const root = join(import.meta.dirname, '../../..');

  it.each(majors)('live through the migrations to come, on PostgreSQL %i', async (major) => {
    const pins = readLivePins(root);
    const reports = await check({ root, pins, migrations: await readMigrations(), major });
    expect(renderFindings(reports.flatMap(({ findings }) => findings))).toBe('');
    expect(reports.flatMap(({ environments }) => environments).sort()).toEqual(
      pins.map(({ environment }) => environment).sort(),
    );
    for (const { release } of reports) expect(release.catalogue.statements.length).toBeGreaterThan(10);
  });

  it('are tried with writes that succeed, so that each of them shows a check that forbids it', async () => {
    const [pin] = readLivePins(root);
    const { migrations, catalogue } = await readRelease(root, pin?.revision ?? 'HEAD');
    const [report] = await check({
      root,
      pins: pin ? [pin] : [],
      migrations: [...migrations, closeTables(migrations)],
    });
    const refused = report?.findings.map(({ message }) => /statement "([^"]+)" gave "ok" before/.exec(message)?.[1]);
    const writes = catalogue.statements.filter(({ text }) => writesClosedTable.test(text)).map(({ name }) => name);
    expect(writes.length).toBeGreaterThan(5);
    expect(refused).toEqual(expect.arrayContaining(writes));
  });

  const closedTables = ['tasks', 'sessions', 'tool_calls', 'idempotency_keys', 'app_instances'];
  const writesClosedTable = new RegExp(String.raw`^(insert into|update) (${closedTables.join('|')})\b`);

  /** PostgreSQL tries checks in the order of their names, so a made-up value fails where it did before. */
  function closeTables(migrations: readonly Migration[]): Migration {
    const checks = closedTables.map(
      (table) => `alter table ${table} add constraint zz_closed check (false) not valid;`,
    );
    return parseMigration(
      `${String(migrations.length + 1).padStart(4, '0')}-close-tables.sql`,
      ['-- phase: expand', '-- why: a test', '', ...checks].join('\n'),
    );
  }
});

describe('a migration that is new to a live release', () => {
  it('passes when it only adds, also for environments on different releases', async () => {
    const repository = release({ prod: [thing.create], staging: [thing.create, thing.addNote] });
    const [prod, staging] = await checkNext(repository, [thing.create, thing.addNote, thing.addColour]);
    expect([prod?.environments, prod?.applied, prod?.findings]).toEqual([
      ['prod'],
      ['0002-add-note.sql', '0003-add-colour.sql'],
      [],
    ]);
    expect([staging?.environments, staging?.applied, staging?.findings]).toEqual([
      ['staging'],
      ['0003-add-colour.sql'],
      [],
    ]);
  });

  it('is refused with environment, statement, migration and the safe way when it breaks a statement', async () => {
    const repository = release({ prod: [thing.create], qa: [thing.create] });
    const [report] = await checkNext(repository, [thing.create, thing.renameTitle]);
    const [finding] = report?.findings ?? [];
    expect([report?.findings.length, finding?.rule, finding?.file]).toEqual([
      1,
      'live-statement',
      '0002-rename-title.sql',
    ]);
    expect(finding?.message).toMatch(
      /^environments prod, qa: the live release's statement "find-thing" gave "ok" before and "42703 column "title" does not exist" after/,
    );
    expect(finding?.message).toContain('add the new column or table, keep both in step with a trigger');
  });

  it('is refused when it is a contract that thinks the live release does without', async () => {
    const repository = release({ prod: [thing.create] });
    const [report] = await checkNext(repository, [thing.create, thing.dropTitle('1.0.0')]);
    expect(report?.findings[0]?.message).toContain('environment prod: ');
    expect(report?.findings[0]?.message).toContain(
      'raise its min-app-version to the first release that works without what is taken away',
    );
  });

  it('waits when it is a contract that names a later release', async () => {
    const repository = release({ prod: [thing.create] });
    const [report] = await checkNext(repository, [thing.create, thing.dropTitle('1.1.0')]);
    expect([report?.held, report?.applied, report?.findings]).toEqual(['0002-drop-title.sql', [], []]);
  });

  it('is refused when a migration that the live release has applied was edited', async () => {
    const repository = release({ prod: [thing.create] });
    const edited = { ...thing.create, text: `${thing.create.text}\ncreate table more ();\n` };
    const [report] = await checkNext(repository, [edited]);
    expect(renderFindings(report?.findings ?? [])).toBe(
      '0001-create-things.sql: environment prod: it is applied where this release runs, and is edited, renamed or gone here; restore the file and put the change into a new migration [applied-migration-changed]',
    );
  });
});

describe('a release that git does not have', () => {
  it('is named, with the way to get it', async () => {
    const { root } = release({ prod: [thing.create] });
    const pins = [{ environment: 'prod', revision: '0'.repeat(40) }];
    await expect(check({ root, pins, migrations: [] })).rejects.toThrow(
      `git has no ${'0'.repeat(40)}^{commit} here; fetch the whole history (git fetch --unshallow)`,
    );
  });
});

function release(environments: Parameters<typeof createReleasedRepository>[0]): ReleasedRepository {
  const repository = createReleasedRepository(environments);
  repositories.push(repository);
  return repository;
}

function checkNext(
  repository: ReleasedRepository,
  files: Parameters<ReleasedRepository['write']>[0],
): Promise<readonly ReleaseReport[]> {
  const migrations = repository.write(files);
  return check({ root: repository.root, pins: readLivePins(repository.root), migrations });
}

interface Check {
  readonly root: string;
  readonly pins: ReturnType<typeof readLivePins>;
  readonly migrations: readonly Migration[];
  readonly major?: number;
}

function check({ major = 18, ...facts }: Check): Promise<readonly ReleaseReport[]> {
  const createDatabase = async () => {
    const database = await createTestDatabase({ major });
    databases.push(database);
    return database.url;
  };
  return checkLiveReleases({ ...facts, seed: seedTables, createDatabase });
}
