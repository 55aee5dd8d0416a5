import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { BootstrapError } from './bootstrap-error.mjs';
import { explainFailure } from './explain-failure.mjs';
import { showProgress } from './show-progress.mjs';

/**
 * @typedef {{ env: NodeJS.ProcessEnv, stderr: import('./show-progress.mjs').Terminal }} Surroundings
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null, output: string }} Outcome
 */

// No install script of a dependency is needed, so none runs.
const ciArguments = ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];

/**
 * Installs what package-lock.json says.
 *
 * @param {string} root
 * @param {Surroundings} surroundings
 */
export async function installDependencies(root, { env, stderr }) {
  const npm = npmCommand(env);
  const progress = showProgress('Installing dependencies from package-lock.json', stderr);
  const outcome = await runNpm([...npm, ...ciArguments], root, env);
  progress.end(outcome.code === 0 ? 'done' : 'failed');
  if (outcome.code !== 0) throw explainFailure(outcome);
}

/**
 * The npm that runs this script, or the one on the PATH. It is not started through node_modules, which it is about to empty.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {[string, ...string[]]}
 */
export function npmCommand({ npm_execpath: script, npm_node_execpath: node }) {
  if (script === undefined) return ['npm'];
  const name = basename(script).replace(/(-cli)?\.[cm]?js$/, '');
  if (name !== 'npm' && name !== 'npx') throw new BootstrapError('not-npm', { value: name });
  return [node ?? process.execPath, script.replace(/npx-cli\.js$/, 'npm-cli.js')];
}

/**
 * @param {readonly string[]} command
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Outcome>}
 */
function runNpm([file = 'npm', ...args], cwd, env) {
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const release = outlive(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', () => reject(new BootstrapError('npm-missing')));
    child.once('close', (code, signal) => {
      release();
      resolve({ code, signal, output });
    });
  });
}

/**
 * Keeps this process alive until npm has stopped. Ctrl-C reaches npm by itself, SIGTERM is passed on.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function outlive(child) {
  const wait = () => undefined;
  const stop = () => child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', stop);
  return () => process.off('SIGINT', wait).off('SIGTERM', stop);
}
