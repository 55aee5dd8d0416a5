import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lends a file with this content, for as long as the action takes. */
export async function withFile<Result>(content: string, action: (path: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'task-api-cluster-'));
  const path = join(directory, 'file');
  try {
    await writeFile(path, content);
    return await action(path);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
