import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readObjects } from './read-objects.ts';

const root = mkdtempSync(join(tmpdir(), 'read-objects-'));
const git = (...args: readonly string[]) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' });

beforeAll(() => {
  git('init', '--quiet');
  writeFileSync(join(root, 'a.txt'), 'first\n');
  writeFileSync(join(root, 'b.txt'), 'größer\nno line break at the end');
  git('add', '.');
  git('-c', 'user.name=test', '-c', 'user.email=test@localhost', 'commit', '--quiet', '-m', 'first');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('readObjects', () => {
  it('reads files at a commit in the order of their names', async () => {
    expect(await readObjects(root, ['HEAD:b.txt', 'HEAD:a.txt'])).toEqual([
      'größer\nno line break at the end',
      'first\n',
    ]);
  });

  it('gives undefined for what git does not have', async () => {
    const missing = `${'0'.repeat(40)}^{commit}`;
    expect(await readObjects(root, ['HEAD:none.txt', missing, 'HEAD:a.txt'])).toEqual([
      undefined,
      undefined,
      'first\n',
    ]);
  });

  it('says what git says where there is no repository', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'no-repository-'));
    await expect(readObjects(elsewhere, ['HEAD:a.txt'])).rejects.toThrow(
      /git cat-file --batch failed: .*not a git repository/,
    );
  });
});
