// Runs a program of this repository after a clone: installs what is missing, then hands over to Node 24.
// Usage: node tools/bootstrap/src/run.mjs <program.ts> [arguments]
// Plain JavaScript without dependencies: it runs on Node 20 and before anything is installed.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BootstrapError } from './bootstrap-error.mjs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { runProgram } from './run-program.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const [program = '', ...args] = process.argv.slice(2);

try {
  await ensureDependencies(root, { env: process.env, stderr: process.stderr });
  await runProgram(join(root, program), args, root);
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = error.exitCode;
}
