import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { BootstrapError } from './bootstrap-error.mjs';
import { explainFailure } from './explain-failure.mjs';
import { showProgress } from './show-progress.mjs';

/**
 * @typedef {{ env: NodeJS.ProcessEnv, stderr: import('./show-progress.mjs').Terminal }} Surroundings
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null, output: string }} Outcome
 */

const ciArguments = [
  ...['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'],
  // No install script of a dependency is needed, so none runs.
  '--ignore-scripts',
  // Without network npm would go on trying for minutes.
  ...['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'],
];

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
 * Keeps this process alive until npm has stopped. The first Ctrl-C reaches npm by itself, which then cleans up for a
 * while; a second one ends it at once.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function outlive(child) {
  let count = 0;
  const interrupt = () => {
    count += 1;
    if (count > 1) child.kill('SIGKILL');
  };
  const terminate = () => child.kill('SIGTERM');
  process.on('SIGINT', interrupt).on('SIGTERM', terminate);
  return () => process.off('SIGINT', interrupt).off('SIGTERM', terminate);
}
