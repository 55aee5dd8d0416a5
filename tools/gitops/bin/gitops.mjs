#!/usr/bin/env node
// Runs under any Node from 20 on: it only finds a Node that can run the command itself.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const requiredMajor = 24;
const failed = 3;
const here = dirname(fileURLToPath(import.meta.url));

if (Number.parseInt(process.versions.node, 10) >= requiredMajor) {
  await import('../src/main.ts');
} else {
  runWith(findNode());
}

function findNode() {
  const folders = [...ancestors(here), ...ancestors(process.cwd())];
  return folders.map((folder) => join(folder, 'node_modules/.bin/node')).find(existsSync);
}

function ancestors(folder) {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function runWith(node) {
  if (node === undefined || process.env.TASK_API_NODE_TRIED) return refuse();
  const env = { ...process.env, TASK_API_NODE_TRIED: process.versions.node };
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', refuse);
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : failed);
  });
}

function refuse() {
  process.stderr.write(
    `error: gitops needs Node ${requiredMajor} or newer; this is Node ${process.versions.node}, and node_modules holds no newer one.\n` +
      `  Run "npm ci" in the repository: it brings Node ${requiredMajor} along on Linux x64. Elsewhere install Node ${requiredMajor}.\n`,
  );
  process.exitCode = failed;
}
