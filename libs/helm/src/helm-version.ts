import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { cacheDirectory, ensureDirectory } from './cache-directory.ts';
import { helmEnvironment } from './helm-environment.ts';
import { runCommand } from './run-command.ts';

export type HelmMajor = 3 | 4;

const oldestMinorOfMajor3 = 16;

/** The version a binary gives itself, without the `v`; nothing if it is no Helm that can be run. */
export async function helmVersion(binary: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const memo = await memoOf(binary, env);
  if (memo === undefined) return undefined;
  const known = await readFile(memo, 'utf8').catch(() => undefined);
  return known ?? (await askVersion(binary, memo, env));
}

export function isSupported(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major === 4 || (major === 3 && minor !== undefined && minor >= oldestMinorOfMajor3);
}

/** The major of a supported version. */
export function majorOf(version: string): HelmMajor {
  return version.startsWith('3.') ? 3 : 4;
}

/** Starting Helm costs 40 ms; its answer cannot change while the file does not. */
async function memoOf(binary: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const path = resolve(binary);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const key = createHash('sha256').update(`${path} ${found.size} ${found.mtimeMs} ${found.ino}`).digest('hex');
  return join(cacheDirectory(env), 'helm', 'versions', key);
}

async function askVersion(binary: string, memo: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const options = { env: helmEnvironment(env), timeoutMs: 20_000 };
  const answer = await runCommand(binary, ['version', '--short'], options).catch(() => undefined);
  const version = /v(\d+\.\d+\.\d+[^+\s]*)/.exec(answer?.stdout ?? '')?.[1];
  if (version === undefined) return undefined;
  await ensureDirectory(join(memo, '..'));
  await writeFileAtomic(memo, version);
  return version;
}
