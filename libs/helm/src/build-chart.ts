import { createHash } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from './cache-directory.ts';
import type { ChartContents } from './chart-contents.ts';
import { pruneUnused } from './prune-unused.ts';
import { publishDirectory } from './publish-directory.ts';

/** Where in the built copy the files of a chart go: `.`, or `charts/redis`. */
export type ChartPart = readonly [path: string, contents: ChartContents];

export interface BuildRequest {
  readonly name: string;
  readonly parts: readonly ChartPart[];
  readonly env: NodeJS.ProcessEnv;
}

export interface BuiltChart {
  readonly directory: string;
  readonly digest: string;
}

/** Puts a chart and its dependencies together in the cache, under the digest of them all. */
export async function buildChart({ name, parts, env }: BuildRequest): Promise<BuiltChart> {
  const digest = digestOf(parts);
  const folder = join(cacheDirectory(env), 'charts');
  const built = await publishDirectory(join(folder, digest), async (scratch) => {
    for (const [path, contents] of parts) await contents.writeTo(join(scratch, name, path));
    await pruneUnused(folder);
  });
  await utimes(built, new Date(), new Date());
  return { directory: join(built, name), digest };
}

function digestOf(parts: readonly ChartPart[]): string {
  const lines = parts.map(([path, { digest }]) => `${path} ${digest}\n`);
  return createHash('sha256').update(lines.sort().join('')).digest('hex');
}
