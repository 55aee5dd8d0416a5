import { chmod, mkdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { LocalStackError } from './local-stack-error.ts';

/** Where programs are unpacked: outside the checkout, and for root outside its home, which no other user may read. */
export async function openCacheDirectory(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const directory = env.TASK_API_CACHE_DIR ?? join(cacheHome(env), 'task-api');
  await mkdir(directory, { recursive: true, mode: 0o755 });
  await assertOurs(directory);
  await chmod(directory, 0o755);
  return directory;
}

/** Variables with which Node keeps compiled code, so that a program starts in half the time when it starts again. */
export async function compileCacheEnvironment(): Promise<{ readonly NODE_COMPILE_CACHE: string }> {
  return { NODE_COMPILE_CACHE: join(await openCacheDirectory(), 'compiled') };
}

function cacheHome(env: NodeJS.ProcessEnv): string {
  if (process.getuid?.() === 0) return '/var/cache';
  return env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
}

async function assertOurs(directory: string): Promise<void> {
  const { uid } = await stat(directory);
  if (uid === process.getuid?.()) return;
  throw new LocalStackError('cache-not-ours', { path: directory, what: `owned by user ${uid}` });
}
