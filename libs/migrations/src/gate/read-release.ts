import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { type Migration, parseMigration, snapshotName } from '../migration-file.ts';
import { MigrationsError } from '../migrations-error.ts';
import type { LiveRelease } from './rehearse.ts';
import type { SqlCatalogue } from './sql-catalogue.ts';

/** A release as git has it: what it asks of the schema, and the migrations that came with it. */
export interface CommittedRelease extends LiveRelease {
  /** The commit, 40 hexadecimal digits. */
  readonly revision: string;
  readonly migrations: readonly Migration[];
}

const paths = {
  manifest: 'package.json',
  catalogue: 'apps/agent/sql-catalogue.gen.json',
  migrations: 'libs/migrations/sql',
} as const;

/**
 * Reads a release out of a repository, whatever its work tree holds.
 *
 * @throws MigrationsError `release-unreadable` when the clone does not have the commit or the commit no catalogue
 */
export async function readRelease(root: string, revision: string): Promise<CommittedRelease> {
  const commit = (await git(root, 'rev-parse', '--verify', '--quiet', `${revision}^{commit}`)).trim();
  const manifest: { readonly version: string } = JSON.parse(await show(root, commit, paths.manifest));
  const { requiredSchema, statements }: SqlCatalogue = JSON.parse(await show(root, commit, paths.catalogue));
  return {
    revision: commit,
    appVersion: manifest.version,
    catalogue: { requiredSchema, statements },
    migrations: await readMigrationsAt(root, commit),
  };
}

async function readMigrationsAt(root: string, commit: string): Promise<readonly Migration[]> {
  const listing = await git(root, 'ls-tree', '--name-only', commit, `${paths.migrations}/`);
  const files = listing.split('\n').filter((path) => path.endsWith('.sql') && basename(path) !== snapshotName);
  return Promise.all(files.sort().map(async (path) => parseMigration(basename(path), await show(root, commit, path))));
}

function show(root: string, commit: string, path: string): Promise<string> {
  return git(root, 'show', `${commit}:${path}`);
}

const maxFileBytes = 16 * 1024 * 1024;

async function git(root: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', ['-C', root, ...args], { maxBuffer: maxFileBytes });
    return stdout;
  } catch (cause) {
    throw new MigrationsError('release-unreadable', { value: args.at(-1) }, { cause });
  }
}
