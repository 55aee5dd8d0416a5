import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives Helm the values texts as files, only as long as the work lasts. */
export async function withValuesFiles<Result>(
  texts: readonly string[],
  work: (files: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'task-api-values-'));
  try {
    const files = texts.map((_, index) => join(folder, `values-${index + 1}.yaml`));
    await Promise.all(files.map((file, index) => writeFile(file, texts[index] ?? '', { mode: 0o600 })));
    return await work(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
