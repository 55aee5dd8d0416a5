import { readFile } from 'node:fs/promises';
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
  for (const edit of edits) {
    const text = texts.get(edit.path) ?? (await readFile(join(folder, edit.path), 'utf8'));
    texts.set(edit.path, applyEdit(text, edit, tag));
  }
  return new Map([...texts].map(([path, text]) => [`app/${path}`, textFile(text)]));
}

function applyEdit(text: string, { path, find, replace }: VariantEdit, tag: string): string {
  const times = text.split(find).length - 1;
  if (times === 1) return text.replace(find, () => replace);
  throw new ImagesError('variant-edit', { value: tag, what: `"${find}"`, path, detail: String(times) });
}
