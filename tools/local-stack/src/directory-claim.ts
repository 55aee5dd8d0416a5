import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalStackError } from './local-stack-error.ts';
import { identifyProcess, isSameProcess, type ProcessIdentity } from './process-identity.ts';

const fileName = 'claimed-by.json';

/** Makes the directory ours until {@link releaseDirectory}; a claim whose process is gone is taken over. */
export async function claimDirectory(directory: string): Promise<void> {
  const holder = await readHolder(directory);
  if (holder !== undefined && (await isSameProcess(holder))) {
    throw new LocalStackError('directory-in-use', { path: directory, value: holder.pid });
  }
  await writeFile(join(directory, fileName), JSON.stringify(await identifyProcess(process.pid)));
}

export async function releaseDirectory(directory: string): Promise<void> {
  await rm(join(directory, fileName), { force: true });
}

async function readHolder(directory: string): Promise<ProcessIdentity | undefined> {
  const text = await readFile(join(directory, fileName), 'utf8').catch(() => '');
  return text === '' ? undefined : JSON.parse(text);
}
