import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blob, BlobStore } from '../oci/blob-store.ts';
import type { Layer } from './layer.ts';
import { packLayer } from './pack-layer.ts';

export interface LayerRequest {
  /** Everything that the layer is made from; the same inputs give the same layer. */
  readonly inputs: readonly string[];
  readonly build: () => Layer | Promise<Layer>;
}

/** Returns the layer of these inputs, built when it is not there. */
export type LayerCache = (request: LayerRequest) => Promise<Blob>;

export interface LayerCacheOptions {
  readonly folder: string;
  readonly blobs: BlobStore;
  /** Stands for the code that builds layers: another code, another layer. */
  readonly code: string;
}

/** Remembers which blob came out of which inputs. */
export async function openLayerCache({ folder, blobs, code }: LayerCacheOptions): Promise<LayerCache> {
  await mkdir(folder, { recursive: true });
  return async ({ inputs, build }) => {
    const key = createHash('sha256')
      .update(JSON.stringify([code, ...inputs]))
      .digest('hex');
    const record = join(folder, key);
    const known = await readFile(record, 'utf8').then(blobs.find, () => undefined);
    if (known) return keepRecord(record, known);
    const blob = await blobs.put(packLayer(await build()));
    await publish(record, blob.digest);
    return blob;
  };
}

/** A use keeps the record from being pruned, as it does the blob. */
async function keepRecord(record: string, blob: Blob): Promise<Blob> {
  await utimes(record, new Date(), new Date());
  return blob;
}

async function publish(path: string, text: string): Promise<void> {
  const scratch = `${path}.${process.pid}`;
  await writeFile(scratch, text);
  await rename(scratch, path);
}
