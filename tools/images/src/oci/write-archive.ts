import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import type { Blob, BlobStore } from './blob-store.ts';
import { blobPath, dockerManifest, imageIndex, type StoredImage } from './write-image.ts';

export interface WrittenArchive {
  readonly path: string;
  readonly layoutDirectory: string;
  readonly digest: string;
}

export interface ArchiveRequest {
  /** Folder that holds one folder for each archive, named by its digest. */
  readonly folder: string;
  readonly blobs: BlobStore;
  readonly images: readonly StoredImage[];
}

/** Writes images as an OCI layout and as one tar of it, unless they are there. */
export async function writeArchive({ folder, blobs, images }: ArchiveRequest): Promise<WrittenArchive> {
  const index = imageIndex(images);
  const hex = createHash('sha256').update(index).digest('hex');
  const place = join(folder, hex);
  if (!(await touch(place))) await publish(place, (scratch) => fill(scratch, { blobs, images, index }));
  return { path: join(place, 'images.tar'), layoutDirectory: join(place, 'layout'), digest: `sha256:${hex}` };
}

/** A use keeps an archive from being pruned. */
async function touch(place: string): Promise<boolean> {
  if ((await stat(place).catch(() => undefined)) === undefined) return false;
  await utimes(place, new Date(), new Date());
  return true;
}

/** Nobody sees an archive half written; of two that are written at once, one stays. */
async function publish(place: string, write: (scratch: string) => Promise<void>): Promise<void> {
  const scratch = join(dirname(place), `.${randomUUID()}`);
  try {
    await mkdir(scratch, { recursive: true });
    await write(scratch);
    await rename(scratch, place).catch(async (error) => {
      if (!(await touch(place))) throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Contents {
  readonly blobs: BlobStore;
  readonly images: readonly StoredImage[];
  readonly index: string;
}

async function fill(scratch: string, { blobs, images, index }: Contents): Promise<void> {
  const texts = {
    'oci-layout': JSON.stringify({ imageLayoutVersion: '1.0.0' }),
    'index.json': index,
    'manifest.json': dockerManifest(images),
  };
  const layout = join(scratch, 'layout');
  await mkdir(join(layout, 'blobs/sha256'), { recursive: true });
  for (const [name, text] of Object.entries(texts)) await writeFile(join(layout, name), text);
  const used = listBlobs(images);
  for (const { digest } of used) await link(blobs.path(digest), join(layout, blobPath(digest)));
  await pipeline(packLayout(layout, texts, used), createWriteStream(join(scratch, 'images.tar')));
}

function listBlobs(images: readonly StoredImage[]): readonly Blob[] {
  const all = images.flatMap(({ manifest, config, layers }) => [manifest, config, ...layers]);
  return [...new Map(all.map((blob) => [blob.digest, blob])).values()].sort((one, other) =>
    one.digest < other.digest ? -1 : 1,
  );
}

function packLayout(layout: string, texts: Readonly<Record<string, string>>, blobs: readonly Blob[]): Readable {
  const tar = pack();
  void addAll(tar, layout, { texts, blobs }).catch((error: Error) => tar.destroy(error));
  // streamx, which tar-stream builds on, implements the part of Readable that a pipeline uses.
  return tar as unknown as Readable;
}

interface LayoutFiles {
  readonly texts: Readonly<Record<string, string>>;
  readonly blobs: readonly Blob[];
}

/** The small files come first, so that whoever reads the tar knows early what is in it. */
async function addAll(tar: Pack, layout: string, { texts, blobs }: LayoutFiles): Promise<void> {
  const mtime = new Date(0);
  for (const [name, text] of Object.entries(texts)) tar.entry({ name, mtime }, text);
  for (const { digest, size } of blobs) {
    const name = blobPath(digest);
    await pipeline(createReadStream(join(layout, name)), tar.entry({ name, mtime, size }));
  }
  tar.finalize();
}
