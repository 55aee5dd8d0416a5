import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Migration } from '../migration-file.ts';
import type { Finding } from './finding.ts';

/** Rules that this package decides otherwise, with the reason. */
const excluded: Readonly<Record<string, string>> = {
  'require-lock-timeout': 'the runner sets it for every file',
  'require-statement-timeout': 'the runner sets it for every file',
  'prefer-robust-stmts': 'a file is one transaction, and those that are not have a rule of ours',
  'ban-drop-column': 'allowed in a contract; a rule of ours knows the phase',
  'ban-drop-table': 'allowed in a contract; a rule of ours knows the phase',
  'adding-not-nullable-field': 'a rule of ours knows whether a validated check spares the scan',
  'prefer-bigint-over-int': 'counters of steps and attempts stay small',
};

interface Report {
  readonly file: string;
  readonly line: number;
  readonly rule_name: string;
  readonly message: string;
  readonly help?: string | null;
}

/** Runs squawk, a linter for migrations, over the files of a directory. It comes with npm and needs no network. */
export async function runSquawk(directory: string, migrations: readonly Migration[]): Promise<readonly Finding[]> {
  const atOnce = migrations.filter(({ transaction }) => transaction === 'file');
  const oneByOne = migrations.filter(({ transaction }) => transaction === 'none');
  const inTransaction = await lint(['--assume-in-transaction', ...pathsOf(directory, atOnce)]);
  return [...inTransaction, ...(await lint(pathsOf(directory, oneByOne)))];
}

function pathsOf(directory: string, migrations: readonly Migration[]): readonly string[] {
  return migrations.map(({ name }) => join(directory, name));
}

async function lint(paths: readonly string[]): Promise<readonly Finding[]> {
  if (paths.every((path) => path.startsWith('--'))) return [];
  const options = ['--reporter', 'json', '--pg-version', '15', '--exclude', Object.keys(excluded).join(',')];
  const reports: readonly Report[] = JSON.parse(await run([...options, ...paths]));
  return reports.map(toFinding);
}

function run(options: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(locateSquawk(), options, { maxBuffer: 16 * 1024 * 1024 }, (error, stdout) => {
      // Exit code 1 is "there are findings"; without a report, squawk itself failed.
      if (error !== null && !stdout.trim().startsWith('[')) reject(error);
      else resolve(stdout);
    });
  });
}

function locateSquawk(): string {
  const manifest = createRequire(import.meta.url).resolve(
    `@squawk-cli/${process.platform}-${process.arch}/package.json`,
  );
  return join(dirname(manifest), 'bin/squawk');
}

function toFinding({ file, line, rule_name: rule, message, help }: Report): Finding {
  return { rule: `squawk ${rule}`, file: basename(file), message: `line ${line + 1}: ${message} ${help ?? ''}`.trim() };
}
