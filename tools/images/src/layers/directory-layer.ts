import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layer, LayerEntry } from './layer.ts';

/** The files below a folder, at a place in the image; everybody may read them, whatever the umask was. */
export async function directoryLayer(folder: string, place: string): Promise<Layer> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(
        async (file): Promise<[string, LayerEntry]> => [
          join(place, file.slice(folder.length + 1)),
          { kind: 'file', mode: 0o644, content: await readFile(file) },
        ],
      ),
    ),
  );
}
