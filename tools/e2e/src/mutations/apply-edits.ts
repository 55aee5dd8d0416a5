import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { E2eError } from '../e2e-error.ts';
import type { Mutation } from './mutation.ts';

const writableMode = 0o644;

/** Edits a copy of the chart. @throws {E2eError} `mutation-edit` when a text is not there */
export async function applyEdits(directory: string, { name, edits }: Pick<Mutation, 'name' | 'edits'>): Promise<void> {
  for (const { file, find, replace } of edits) {
    const path = join(directory, file);
    const text = await readFile(path, 'utf8');
    const edited = text.replace(find, () => replace);
    if (edited === text) throw new E2eError('mutation-edit', { what: name, path: file, value: String(find) });
    await chmod(path, writableMode);
    await writeFile(path, edited);
  }
}
