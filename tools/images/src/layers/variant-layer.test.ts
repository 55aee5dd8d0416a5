import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { variantLayer } from './variant-layer.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'task-api-variant-'));
  await writeFile(join(folder, 'main.mjs'), 'const version = "0.1.0"; f(1); f(1);');
  await writeFile(join(folder, 'chunk.mjs'), 'const other = "0.3.0";');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function build(...edits: readonly (readonly [find: string, replace: string])[]) {
  const variant = {
    tag: 'next',
    files: {},
    edits: edits.map(([find, replace]) => ({ path: 'main.mjs', find, replace })),
  };
  const entry = (await variantLayer(variant, { folder })).get('app/main.mjs');
  return entry?.kind === 'file' ? entry.content.toString() : undefined;
}

describe('variantLayer', () => {
  it('makes all edits of a file of the bundle, and takes them word for word', async () => {
    expect(await build(['"0.1.0"', '"$&"'], ['const', 'let'])).toBe('let version = "$&"; f(1); f(1);');
  });

  it('holds no file of the bundle that is as it was', async () => {
    expect(await build()).toBeUndefined();
  });

  it('finds the module of a folder that has the text', async () => {
    const edits = [{ path: '', find: '"0.3.0"', replace: '"0.4.0"' }];
    const layer = await variantLayer({ tag: 'next', files: {}, edits }, { folder });
    expect([...layer.keys()]).toEqual(['app/chunk.mjs']);
  });

  it('refuses a text that two modules of a folder have', async () => {
    const edits = [{ path: '', find: 'const', replace: 'let' }];
    await expect(variantLayer({ tag: 'next', files: {}, edits }, { folder })).rejects.toThrow('which is there 2 times');
  });

  it.each([
    ['0.2.0', 0],
    ['f(1)', 2],
  ])('refuses an edit of %s, which is there %i times', async (find, times) => {
    await expect(build([find, ''])).rejects.toThrow(
      `The build next of the agent replaces "${find}" in main.mjs, which is there ${times} times`,
    );
  });
});
