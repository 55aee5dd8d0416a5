import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A digest of the code and the files below folders of this package that layers are built with. */
export async function sourceDigest(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const names = await readdir(join(import.meta.dirname, folder), { recursive: true });
    for (const name of names.filter(isSource).sort()) {
      hash.update(JSON.stringify([folder, name, await readFile(join(import.meta.dirname, folder, name), 'utf8')]));
    }
  }
  return hash.digest('hex');
}

function isSource(name: string): boolean {
  return /\.(ts|sh)$/.test(name) && !name.endsWith('.test.ts');
}
