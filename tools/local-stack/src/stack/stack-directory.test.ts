import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openCredentials, writeConnection } from './stack-credentials.ts';
import { openStackDirectory } from './stack-directory.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'task-api-stack-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const reset = () => openStackDirectory({ root: '/', directory, data: 'reset' });

/** As the stack leaves it. */
async function fillAsStack(): Promise<void> {
  await openCredentials(directory);
  await writeConnection(directory, { database: 'postgres://x', redis: 'redis://x' });
  write('postgres/data/PG_VERSION', '18\n');
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
}

describe('a relative path', () => {
  it.each(['keep', 'reset'] as const)('becomes absolute, for programs that run elsewhere (%s)', async (data) => {
    const path = relative(process.cwd(), directory);
    expect(await openStackDirectory({ root: '/', directory: path, data })).toBe(directory);
  });
});

describe('a reset', () => {
  it('empties the data directory of a stack', async () => {
    await fillAsStack();
    expect(await reset()).toBe(directory);
    expect(await readdir(directory)).toEqual([]);
  });

  it('empties what a stack has left that never got to start PostgreSQL', async () => {
    await openCredentials(directory);
    await reset();
    expect(await readdir(directory)).toEqual([]);
  });

  it('takes an empty directory, and makes one that is missing', async () => {
    await reset();
    await rm(directory, { recursive: true });
    await reset();
    expect(await readdir(directory)).toEqual([]);
  });

  it.each([
    ['notes.txt', 'it holds notes.txt'],
    ['postgres/data/PG_VERSION', 'it has no credentials/postgres-password'],
  ])('refuses a directory that holds only %s', async (path, reason) => {
    write(path, 'dear');
    await expect(reset()).rejects.toThrow(
      `${directory} is not removed: ${reason}; --reset takes a data directory of this stack, which holds credentials/postgres-password and nothing but credentials, connection, postgres, or an empty one; choose another (--data)`,
    );
    expect(existsSync(join(directory, path))).toBe(true);
  });

  it('refuses a data directory in which somebody keeps something else', async () => {
    await fillAsStack();
    write('src/index.ts', 'dear');
    await expect(reset()).rejects.toThrow(`${directory} is not removed: it holds src;`);
    expect(existsSync(join(directory, 'src/index.ts'))).toBe(true);
  });

  it('refuses a file', async () => {
    write('notes.txt', 'dear');
    const path = join(directory, 'notes.txt');
    await expect(openStackDirectory({ root: '/', directory: path, data: 'reset' })).rejects.toThrow(
      `${path} is not removed: it is no directory;`,
    );
    expect(existsSync(path)).toBe(true);
  });
});
