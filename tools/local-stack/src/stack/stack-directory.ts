import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { holderOf } from '../directory-claim.ts';
import { LocalStackError } from '../local-stack-error.ts';

export interface DirectoryChoice {
  /** The checkout; each has its own data. */
  readonly root: string;
  /** @default below `/var/lib` for root, whose home no other user may enter, else below the home directory */
  readonly directory?: string;
  readonly data: 'keep' | 'reset';
}

/** The directory in which the stack keeps its data between runs. */
export async function openStackDirectory({
  root,
  directory = defaultDirectory(root),
  data,
}: DirectoryChoice): Promise<string> {
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
  const holder = await holderOf(join(directory, 'postgres'));
  if (holder !== undefined) throw new LocalStackError('directory-in-use', { path: directory, value: holder });
  await rm(directory, { recursive: true, force: true });
}
