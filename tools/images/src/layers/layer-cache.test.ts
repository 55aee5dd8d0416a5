import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openBlobStore } from '../oci/blob-store.ts';
import { textFile } from './layer.ts';
import { openLayerCache } from './layer-cache.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'task-api-layers-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('openLayerCache', () => {
  it('builds a layer once for the same inputs', async () => {
    const { request, builds } = await open();
    const first = await request(['a']);
    expect(await request(['a'])).toEqual(first);
    expect(builds).toEqual(['a']);
  });

  it('builds again for other inputs, and for other code', async () => {
    const { request, builds } = await open();
    await request(['a']);
    await request(['b']);
    const other = await open('other code');
    await other.request(['a']);
    expect([builds, other.builds]).toEqual([['a', 'b'], ['a']]);
  });

  it('builds a layer again whose blob was removed', async () => {
    const { request, builds, blobs } = await open();
    const { digest } = await request(['a']);
    await rm(blobs.path(digest));
    expect((await request(['a'])).digest).toBe(digest);
    expect(builds).toEqual(['a', 'a']);
  });
});

async function open(code = 'code') {
  const blobs = await openBlobStore(join(folder, 'blobs'));
  const cache = await openLayerCache({ folder: join(folder, 'layers'), blobs, code });
  const builds: string[] = [];
  const request = (inputs: readonly string[]) =>
    cache({
      inputs,
      build() {
        builds.push(...inputs);
        return new Map([['etc/inputs', textFile(inputs.join())]]);
      },
    });
  return { blobs, builds, request };
}
