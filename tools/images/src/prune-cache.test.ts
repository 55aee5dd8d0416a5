import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pruneCache } from './prune-cache.ts';

const dayMs = 24 * 60 * 60 * 1000;

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'task-api-prune-'));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

describe('pruneCache', () => {
  it('removes packages that no build has used for a month', async () => {
    await makeAged('debs', { used: dayMs, forgotten: 31 * dayMs });
    expect(await listAfterPruning('debs')).toEqual(['used']);
  });

  it('keeps the four archives that were used last, and all of the last two hours', async () => {
    const ages = [5, 1, 4, 2, 3].map((days): [string, number] => [`day${days}`, days * dayMs]);
    await makeAged('archives', Object.fromEntries(ages));
    expect(await listAfterPruning('archives')).toEqual(['day1', 'day2', 'day3', 'day4']);
    await makeAged('archives', Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`now${number}`, 0])));
    expect(await listAfterPruning('archives')).toEqual(['now1', 'now2', 'now3', 'now4', 'now5']);
  });

  it('is content with a cache that is not there yet', async () => {
    await expect(pruneCache(join(cache, 'missing'))).resolves.toBeUndefined();
  });
});

async function makeAged(folder: string, agesMs: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, ageMs] of Object.entries(agesMs)) {
    const path = join(cache, folder, name);
    await mkdir(path, { recursive: true });
    await utimes(path, new Date(Date.now() - ageMs), new Date(Date.now() - ageMs));
  }
}

async function listAfterPruning(folder: string): Promise<readonly string[]> {
  await pruneCache(cache);
  return (await readdir(join(cache, folder))).sort();
}
