import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryDirectory {
  readonly path: string;
  stop(): Promise<void>;
}

/** An empty directory that every user may enter: PostgreSQL refuses to run as root. */
export async function makeTemporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'task-api-bench-'));
  await chmod(path, 0o711);
  return { path, stop: () => rm(path, { recursive: true, force: true }) };
}
