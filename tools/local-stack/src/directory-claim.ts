import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalStackError } from './local-stack-error.ts';
import { identifyProcess, isSameProcess, type ProcessIdentity } from './process-identity.ts';

const fileName = 'claimed-by.json';

/** Makes the directory ours until {@link releaseDirectory}; a claim whose process is gone is taken over. */
export async function claimDirectory(directory: string): Promise<void> {
  await assertUnclaimed(directory);
  await releaseDirectory(directory);
  const claim = JSON.stringify(await identifyProcess(process.pid));
  await writeFile(join(directory, fileName), claim, { flag: 'wx' }).catch(async (error: unknown) => {
    await assertUnclaimed(directory);
    throw error;
  });
}

async function assertUnclaimed(directory: string): Promise<void> {
  const holder = await holderOf(directory);
  if (holder !== undefined) throw new LocalStackError('directory-in-use', { path: directory, value: holder });
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
  try {
    return JSON.parse(text);
  } catch {
    // Nobody claimed it, or the machine went down while somebody did.
    return undefined;
  }
}
