import { createHash } from 'node:crypto';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalStackError } from '../local-stack-error.ts';

/** What the keeper of the shared test server tells a client that connects to its socket, as one line of JSON. */
export type KeeperGreeting = { readonly port: number; readonly version: string } | { readonly failure: string };

/** Directory of this checkout's test servers. */
export async function openTestDirectory(): Promise<string> {
  const user = process.getuid?.() ?? 0;
  const checkout = createHash('sha256')
    .update(import.meta.dirname)
    .digest('hex')
    .slice(0, 8);
  const directory = join(tmpdir(), `task-api-test-${user}-${checkout}`);
  await mkdir(directory, { recursive: true, mode: 0o711 });
  const { uid } = await stat(directory);
  if (uid !== user) throw new LocalStackError('cache-not-ours', { path: directory, what: `owned by user ${uid}` });
  // The mode of mkdir is subject to the umask.
  await chmod(directory, 0o711);
  return directory;
}

export const keeperSocket = (directory: string, major: number): string => join(directory, `pg${major}.sock`);
