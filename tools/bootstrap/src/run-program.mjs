import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BootstrapError } from './bootstrap-error.mjs';

const neededNode = 24;
const stopSignals = /** @type {const} */ (['SIGINT', 'SIGTERM']);

/**
 * Runs a TypeScript program: in this process when its Node is new enough, else in the Node that npm installed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} root
 */
export async function runProgram(program, args, root) {
  const bin = join(root, 'node_modules/.bin');
  process.env.PATH = [bin, process.env.PATH].join(delimiter);
  if (isNewEnough(process.versions.node)) {
    process.argv = [process.execPath, program, ...args];
    await import(pathToFileURL(program).href);
  } else {
    process.exitCode = await runIn(installedNode(bin), [program, ...args]);
  }
}

/** @param {string} version */
export function isNewEnough(version) {
  return Number(version.split('.')[0]) >= neededNode;
}

/** @param {string} bin */
function installedNode(bin) {
  const node = join(bin, 'node');
  if (existsSync(node)) return node;
  throw new BootstrapError('node-24-missing', {
    value: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
  });
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
function runIn(node, args) {
  const child = spawn(node, args, { stdio: 'inherit' });
  // The child decides how to end. A Ctrl-C at the terminal reaches it twice; what npm or kill sends, by us alone.
  for (const signal of stopSignals) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
