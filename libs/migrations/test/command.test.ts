import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type MigrateAction, type MigrateIo, migrationsDirectory, runMigrate } from '../src/index.ts';
import { createRunnerDatabase, migrations, type RunnerDatabase } from './runner-database.ts';

// Real servers on a machine that may be busy with other projects.
jest.setTimeout(60_000);

const databases: RunnerDatabase[] = [];
const directories: string[] = [];
afterEach(async () => {
  await Promise.all(databases.splice(0).map((database) => database.drop()));
  await Promise.all(directories.splice(0).map((directory) => rm(directory, { recursive: true })));
});

const nowhere = { url: 'postgres://nobody@127.0.0.1:1/none' };

/** A directory that a test may change. */
async function copyHistory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'migrations-'));
  directories.push(directory);
  await cp(migrationsDirectory, directory, { recursive: true });
  return directory;
}

describe('migrate up', () => {
  it('reports in JSON, one object on one line', async () => {
    const { output, exitCode } = await run('up', await open(13), { format: 'json' });
    expect(JSON.parse(output)).toEqual({ action: 'up', applied: ['0014-drop-task-urgency.sql'], head: 14, newer: [] });
    expect(exitCode).toBe(0);
  });

  it('reports an error in JSON and in the exit code', async () => {
    const database = await open(13);
    await database.query(`insert into app_instances (name, app_version) values ('pod-a', '0.0.9')`);
    const { output, exitCode } = await run('up', database, { format: 'json' });
    expect(JSON.parse(output)).toMatchObject({ action: 'up', error: { rule: 'contract-too-early' }, exitCode: 3 });
    expect(exitCode).toBe(3);
  });

  it.each([
    ['number-missing', '0007-create-app-instances.sql', undefined],
    ['bad-header', '0007-create-app-instances.sql', 'select 1;\n'],
    ['bad-file-name', 'Next.sql', '-- phase: expand\n-- why: misnamed\n\nselect 1;\n'],
    ['number-taken', '0007-take-number.sql', '-- phase: expand\n-- why: taken\n\nselect 1;\n'],
  ])('reports %s of a file before it connects', async (rule, name, text) => {
    const directory = await copyHistory();
    if (text === undefined) await rm(join(directory, name));
    else await writeFile(join(directory, name), text);
    const { output, exitCode } = await run('up', nowhere, { format: 'json', directory });
    expect(JSON.parse(output)).toMatchObject({ action: 'up', error: { rule }, exitCode: 2 });
    expect(exitCode).toBe(2);
  });

  it('writes a line per migration into a log', async () => {
    const { progress, output } = await run('up', await open(12), { format: 'text' });
    expect(progress.replace(/\d+ ms/g, 'n ms').split('\n')).toEqual([
      expect.stringMatching(/^→ 0013-require-task-priority\.sql: the validated check/),
      '✓ 0013-require-task-priority.sql (n ms)',
      expect.stringMatching(/^→ 0014-drop-task-urgency\.sql: since 0\.1\.0/),
      '✓ 0014-drop-task-urgency.sql (n ms)',
      '',
    ]);
    expect(output).toBe('2 applied, schema is at 14\n');
  });

  it('rewrites the line of the current migration on a terminal', async () => {
    const { progress } = await run('up', await open(13), { format: 'text', isTTY: true });
    const lines = progress.split('\r\u001b[2K');
    expect(lines[1]).toMatch(/^→ 0014-drop-task-urgency\.sql: since 0\.1\.0/);
    expect(lines.at(-2)).toMatch(/^✓ 0014-drop-task-urgency\.sql \(\d+ ms\)\n$/);
    expect(lines.slice(1, -2).join('')).not.toContain('\n');
  });
});

describe('migrate status', () => {
  it('lists what is applied and what is pending', async () => {
    const { output } = await run('status', await open(13), { format: 'text' });
    const lines = output.trim().split('\n');
    expect(lines.slice(-3)).toEqual([
      expect.stringMatching(/^applied {5}expand {3}0013-require-task-priority\.sql +20/),
      'pending     contract 0014-drop-task-urgency.sql',
      'schema is at 13, 1 pending',
    ]);
  });
});

describe('migrate verify', () => {
  it('finds nothing in a database that was only migrated', async () => {
    const { output, exitCode } = await run('verify', await open(migrations.length), { format: 'text' });
    expect(output).toBe('the schema is what the migrations lead to\n');
    expect(exitCode).toBe(0);
  });

  it('finds what was changed by hand', async () => {
    const database = await open(migrations.length);
    await database.query('alter table tasks drop column notes, add column colour text; drop index runs_queued');
    const { output, exitCode } = await run('verify', database, { format: 'text' });
    expect(output).toContain(`missing: notes text not null default ''::text   [create table tasks]`);
    expect(output).toContain('unexpected: colour text   [create table tasks]');
    expect(output).toMatch(/missing: CREATE INDEX runs_queued/);
    expect(exitCode).toBe(2);
  });

  it('refuses a file that was edited after it was applied', async () => {
    const directory = await copyHistory();
    await writeFile(
      join(directory, '0007-create-app-instances.sql'),
      '-- phase: expand\n-- why: edited\n\nselect 1;\n',
    );
    const { output, exitCode } = await run('verify', await open(migrations.length), { format: 'text', directory });
    expect(output).toMatch(/^migrate verify: 0007-create-app-instances\.sql is not what was applied to this database/);
    expect(exitCode).toBe(2);
  });
});

interface Outcome {
  readonly output: string;
  readonly progress: string;
  readonly exitCode: number;
}

type Choice = Pick<MigrateIo, 'format' | 'directory'> & { readonly isTTY?: boolean };

async function run(
  action: MigrateAction,
  database: Pick<RunnerDatabase, 'url'>,
  { isTTY = false, ...choice }: Choice,
): Promise<Outcome> {
  const written = { output: '', progress: '' };
  const write = (stream: keyof typeof written) => ({
    isTTY,
    write: (text: string) => {
      written[stream] += text;
    },
  });
  const prepare = () => ({ connection: { connectionString: database.url }, appVersion: '0.1.0' });
  const exitCode = await runMigrate(action, prepare, {
    output: write('output'),
    progress: write('progress'),
    ...choice,
  });
  return { ...written, exitCode };
}

async function open(head: number): Promise<RunnerDatabase> {
  const database = await createRunnerDatabase(head);
  databases.push(database);
  return database;
}
