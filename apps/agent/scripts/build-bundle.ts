/** Bundles the agent into `dist/image/`, with its page and the migrations, and runs what it built. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { migrationsDirectory } from '@task-api/migrations';
import { build } from 'esbuild';
import { smokeRun } from './smoke-run.ts';
import { trimSourceMap } from './trim-source-map.ts';

const root = join(import.meta.dirname, '../../..');
const source = join(import.meta.dirname, '../src');
const target = join(import.meta.dirname, '../dist/image');

/** CommonJS dependencies call `require`, which an ES module does not have. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const { metafile } = await build({
  entryPoints: [join(source, 'main.ts')],
  outdir: join(target, 'bin'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // Commands load what they need: see main.ts.
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  banner: { js: banner },
  external: ['pg-native'],
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'linked',
  logLevel: 'warning',
  metafile: true,
  absWorkingDir: root,
});
for (const map of Object.keys(metafile.outputs).filter((path) => path.endsWith('.map'))) await trimFile(map);
for (const file of ['index.html', 'page.css', 'page.js'])
  await cp(join(source, 'page', file), join(target, 'bin', file));
await cp(migrationsDirectory, join(target, 'sql'), { recursive: true });

await smokeRun(join(target, 'bin/main.mjs'));
const code = Object.entries(metafile.outputs).filter(([path]) => !path.endsWith('.map'));
const bytes = code.reduce((total, [, output]) => total + output.bytes, 0);
process.stdout.write(`bundle of ${Math.round(bytes / 1024)} KiB built and smoke-run\n`);

/** Stack traces shall name files of the repository, whatever folder the bundle is in. */
async function trimFile(map: string): Promise<void> {
  const path = join(root, map);
  const nameInRepository = (source: string) => join(dirname(map), source);
  await writeFile(path, trimSourceMap(await readFile(path, 'utf8'), nameInRepository));
}
