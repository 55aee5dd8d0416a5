import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentBundle } from '../agent-bundle.ts';
import type { AgentVariant, VariantEdit } from '../image-archive.ts';
import { ImagesError } from '../images-error.ts';
import { type Layer, textFile } from './layer.ts';

/** What another build of the agent lays over the bundle: its files, and files of the bundle with its edits. */
export async function variantLayer(
  { tag, files, edits = [] }: AgentVariant,
  { folder }: Pick<AgentBundle, 'folder'>,
): Promise<Layer> {
  const texts = new Map(Object.entries(files));
  for (const edit of edits) await applyEdit(texts, { edit, folder, tag });
  return new Map([...texts].map(([path, text]) => [`app/${path}`, textFile(text)]));
}

interface EditRequest {
  readonly edit: VariantEdit;
  readonly folder: string;
  readonly tag: string;
}

/** What the bundler puts into which file is its own business, so all files below the path are looked at. */
async function applyEdit(texts: Map<string, string>, { edit, folder, tag }: EditRequest): Promise<void> {
  const { path, find, replace } = edit;
  const candidates = await Promise.all(
    (await listFiles(folder, path)).map(
      async (file) => [file, texts.get(file) ?? (await readFile(join(folder, file), 'utf8'))] as const,
    ),
  );
  const times = candidates.reduce((total, [, text]) => total + countOf(text, find), 0);
  if (times !== 1)
    throw new ImagesError('variant-edit', { value: tag, what: `"${find}"`, path, detail: String(times) });
  for (const [file, text] of candidates)
    if (text.includes(find))
      texts.set(
        file,
        text.replace(find, () => replace),
      );
}

async function listFiles(folder: string, path: string): Promise<readonly string[]> {
  if (!(await stat(join(folder, path))).isDirectory()) return [path];
  return (await readdir(join(folder, path))).filter((name) => name.endsWith('.mjs')).map((name) => join(path, name));
}

function countOf(text: string, find: string): number {
  return text.split(find).length - 1;
}
