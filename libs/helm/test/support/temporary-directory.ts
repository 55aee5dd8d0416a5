import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];

afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

/** A directory that is gone when the test file is through. */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'task-api-test-'));
  made.push(path);
  return path;
}
