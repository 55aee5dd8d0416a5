import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../test/support/temporary-directory.ts';
import { publishDirectory } from './publish-directory.ts';

const directory = temporaryDirectory();
const fill = (text: string) => async (scratch: string) => writeFileSync(join(scratch, 'file'), text);

describe('publishDirectory', () => {
  it('fills a directory once', async () => {
    const path = join(directory, 'once');
    await publishDirectory(path, fill('first'));
    await publishDirectory(path, fill('second'));
    expect(readFileSync(join(path, 'file'), 'utf8')).toBe('first');
  });

  it('keeps one of two that fill it at the same time, and leaves nothing else behind', async () => {
    const parent = join(directory, 'raced');
    const path = join(parent, 'directory');
    await Promise.all([publishDirectory(path, fill('a')), publishDirectory(path, fill('b'))]);
    expect(readdirSync(parent)).toEqual(['directory']);
    expect(['a', 'b']).toContain(readFileSync(join(path, 'file'), 'utf8'));
  });

  it('leaves nothing behind when filling fails', async () => {
    const parent = join(directory, 'failed');
    const failing = publishDirectory(join(parent, 'directory'), () => Promise.reject(new Error('disk full')));
    await expect(failing).rejects.toThrow('disk full');
    expect(readdirSync(parent)).toEqual([]);
  });
});
