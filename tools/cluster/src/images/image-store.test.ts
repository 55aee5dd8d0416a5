import { link, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyImageStore } from './image-store.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'image-store-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('copyImageStore', () => {
  it('copies databases, links layers, and leaves alone what links in layers lead to', async () => {
    const [store, root, outside] = ['store', 'root', 'outside'].map((name) => join(directory, name)) as [
      string,
      string,
      string,
    ]; // three names, three paths
    await mkdir(join(store, 'snapshots/1/fs'), { recursive: true });
    await mkdir(outside);
    await writeFile(join(outside, 'theirs.db'), 'theirs');
    await link(join(outside, 'theirs.db'), join(directory, 'witness'));
    await symlink(outside, join(store, 'snapshots/1/fs/run'));
    await writeFile(join(store, 'snapshots/1/fs/layer'), 'layer');
    await writeFile(join(store, 'metadata.db'), 'ours');

    await copyImageStore(store, root);

    const inodeOf = async (...path: readonly string[]) => (await stat(join(directory, ...path))).ino;
    expect(await inodeOf('root/metadata.db')).not.toBe(await inodeOf('store/metadata.db'));
    expect(await inodeOf('root/snapshots/1/fs/layer')).toBe(await inodeOf('store/snapshots/1/fs/layer'));
    expect(await inodeOf('outside/theirs.db')).toBe(await inodeOf('witness'));
  });
});
