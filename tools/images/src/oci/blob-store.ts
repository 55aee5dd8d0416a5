import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Blob {
  /** `sha256:` and 64 hexadecimal digits */
  readonly digest: string;
  readonly size: number;
}

/** Files named by the digest of their contents, so that nothing is kept twice and nothing changes. */
export interface BlobStore {
  path(digest: string): string;
  find(digest: string): Promise<Blob | undefined>;
  put(content: Readable | string): Promise<Blob>;
}

export async function openBlobStore(folder: string): Promise<BlobStore> {
  await mkdir(folder, { recursive: true });
  const path = (digest: string) => join(folder, digest.replace('sha256:', ''));
  return {
    path,
    find: async (digest) => touch(path(digest), digest),
    put: (content) => putBlob(folder, typeof content === 'string' ? Readable.from([content]) : content),
  };
}

/** A use keeps a blob from being pruned. */
async function touch(path: string, digest: string): Promise<Blob | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  await utimes(path, new Date(), new Date());
  return { digest, size: found.size };
}

async function putBlob(folder: string, content: Readable): Promise<Blob> {
  const scratch = join(folder, `.${randomUUID()}`);
  const hash = createHash('sha256');
  try {
    await pipeline(content, hashing(hash), createWriteStream(scratch));
    const hex = hash.digest('hex');
    const { size } = await stat(scratch);
    await rename(scratch, join(folder, hex));
    return { digest: `sha256:${hex}`, size };
  } finally {
    await rm(scratch, { force: true });
  }
}

function hashing(hash: ReturnType<typeof createHash>) {
  return async function* (source: AsyncIterable<Buffer | string>) {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  };
}

/** The SHA-256 of a file, in hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
