import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../test/support/temporary-directory.ts';
import { writeFiles } from '../test/support/write-files.ts';
import { pruneUnused } from './prune-unused.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);

describe('pruneUnused', () => {
  it('removes what has not been used for a month and keeps the rest', async () => {
    const folder = temporaryDirectory();
    writeFiles(folder, { 'old/file': '', 'recent/file': '' });
    utimesSync(join(folder, 'old'), daysAgo(31), daysAgo(31));
    utimesSync(join(folder, 'recent'), daysAgo(29), daysAgo(29));
    await pruneUnused(folder);
    expect(readdirSync(folder)).toEqual(['recent']);
  });

  it('does nothing where there is no folder yet', async () => {
    await expect(pruneUnused('/nowhere')).resolves.toBeUndefined();
  });
});
