import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalStackError } from './local-stack-error.ts';
import { identifyProcess, isSameProcess, type ProcessIdentity } from './process-identity.ts';

const fileName = 'claimed-by.json';

/** Makes the directory ours until {@link releaseDirectory}; a claim whose process is gone is taken over. */
export async function claimDirectory(directory: string): Promise<void> {
  const holder = await holderOf(directory);
  if (holder !== undefined) throw new LocalStackError('directory-in-use', { path: directory, value: holder });
  await writeFile(join(directory, fileName), JSON.stringify(await identifyProcess(process.pid)));
}

/** Id of the living process that has claimed the directory. */
export async function holderOf(directory: string): Promise<number | undefined> {
  const claim = await readClaim(directory);
  return claim !== undefined && (await isSameProcess(claim)) ? claim.pid : undefined;
}

export async function releaseDirectory(directory: string): Promise<void> {
  await rm(join(directory, fileName), { force: true });
}

async function readClaim(directory: string): Promise<ProcessIdentity | undefined> {
  const text = await readFile(join(directory, fileName), 'utf8').catch(() => '');
  return text === '' ? undefined : JSON.parse(text);
}
