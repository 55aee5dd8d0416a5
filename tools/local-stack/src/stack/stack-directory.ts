import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { holderOf } from '../directory-claim.ts';
import { LocalStackError } from '../local-stack-error.ts';
import { adminPasswordPath, connectionDirectory, credentialsDirectory } from './stack-credentials.ts';

export interface DirectoryChoice {
  /** The checkout; each has its own data. */
  readonly root: string;
  /** @default below `/var/lib` for root, whose home no other user may enter, else below the home directory */
  readonly directory?: string;
  readonly data: 'keep' | 'reset';
}

export const postgresDirectory = (directory: string): string => join(directory, 'postgres');

/** The directory in which the stack keeps its data between runs. Absolute: its programs run elsewhere. */
export async function openStackDirectory({ root, directory: choice, data }: DirectoryChoice): Promise<string> {
  const directory = resolve(choice ?? defaultDirectory(root));
  if (data === 'reset') await reset(directory);
  await mkdir(directory, { recursive: true, mode: 0o711 });
  return directory;
}

function defaultDirectory(root: string): string {
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 8);
  return join(dataHome(), 'task-api', checkout);
}

function dataHome(): string {
  if (process.getuid?.() === 0) return '/var/lib';
  return process.env.XDG_DATA_HOME ?? join(homedir(), '.local/share');
}

async function reset(directory: string): Promise<void> {
  await assertOurs(directory);
  const holder = await holderOf(postgresDirectory(directory));
  if (holder !== undefined) throw new LocalStackError('directory-in-use', { path: directory, value: holder });
  await rm(directory, { recursive: true, force: true });
}

const ownEntries: readonly string[] = [credentialsDirectory(''), connectionDirectory(''), postgresDirectory('')];

/** A mistyped path must not cost anybody a directory of their own. */
async function assertOurs(directory: string): Promise<void> {
  const what = await foreignness(directory);
  if (what === undefined) return;
  const allowed = `${adminPasswordPath('')} and nothing but ${ownEntries.join(', ')}`;
  throw new LocalStackError('not-a-stack-directory', { path: directory, what, allowed });
}

/** What shows that the stack has not made the directory; undefined when it has, or when there is nothing to lose. */
async function foreignness(directory: string): Promise<string | undefined> {
  if ((await stat(directory).catch(ignoreMissing))?.isDirectory() === false) return 'it is no directory';
  const entries = (await readdir(directory).catch(ignoreMissing)) ?? [];
  const foreign = entries.find((entry) => !ownEntries.includes(entry));
  if (foreign !== undefined) return `it holds ${foreign}`;
  const isMarked = (await stat(adminPasswordPath(directory)).catch(ignoreMissing)) !== undefined;
  return isMarked || entries.length === 0 ? undefined : `it has no ${adminPasswordPath('')}`;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
