import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BenchError } from '../bench-error.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const peer = join(import.meta.dirname, '../../peers/portkey');
const cache = join(import.meta.dirname, '../../../../node_modules/.cache/task-api');
const what = 'Portkey’s gateway';

/** Portkey’s gateway as npm has it, of the version in its own lock file, on loopback alone. */
export async function startPortkey(): Promise<ServerProcess> {
  const directory = await installPortkey();
  const main = join(directory, 'node_modules/@portkey-ai/gateway/build/start-server.js');
  return startServerProcess({
    what,
    arguments: (port) => ['--import', join(peer, 'listen-on-loopback.mjs'), main, `--port=${port}`, '--headless'],
  });
}

/** Once for each lock file: what is there under its final name is whole. */
async function installPortkey(): Promise<string> {
  const digest = createHash('sha256')
    .update(readFileSync(join(peer, 'package-lock.json')))
    .digest('hex');
  const target = join(cache, `portkey-${digest.slice(0, 12)}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(peer, file), join(draft, file));
  try {
    await promisify(execFile)('npm', ['ci', '--ignore-scripts'], { cwd: draft });
    renameSync(draft, target);
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true });
    throw new BenchError('peer-not-installed', { what, value: String(cause) }, { cause });
  }
  return target;
}
