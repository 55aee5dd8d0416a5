import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countTests, type JestReport, type Tally } from './test-run/count-tests.ts';
import { describeRun, describeTally } from './test-run/describe-run.ts';
import { type EndedTask, runNx } from './test-run/run-nx.ts';
import { forgetRun, readProjectRoots, readRun } from './test-run/run-record.ts';

// `npm test`: every check of every project through Nx, ending with one line that counts tests.
// Usage: run-tests.ts run-many|affected [arguments of that Nx command, such as --projects=values,env-*]
const targets = ['lint', 'typecheck', 'test', 'build', 'check', 'template', 'validate', 'docs', 'package', 'sync'];

const [command = 'run-many', ...args] = process.argv.slice(2);
const root = process.cwd();
const start = Date.now();

process.on('SIGINT', () => undefined); // Nx gets it too; what it had finished is still counted
forgetRun(root);
print(
  command === 'affected'
    ? 'Testing what the change affects …'
    : 'Testing all projects; valid results come from the cache …',
);
const { exitCode, lastLines } = await runNx([command, '--skip-sync', `--targets=${targets}`, ...args], root, showTask);
const tasks = readRun(root);
if (tasks === undefined) print(lastLines.join('\n'));
const tally = completed(countTests(tasks ?? [], reportReader()), exitCode);
print(describeRun(tasks ?? [], tally, Date.now() - start));
print(describeTally(tally));
process.exitCode = tally.failed === 0 ? 0 : 1;

/** Nx may fail without a task that did. */
function completed(counted: Tally, nxExitCode: number): Tally {
  if (nxExitCode === 0 || counted.failed > 0) return counted;
  return { ...counted, failed: 1, failures: [`nx failed with exit code ${nxExitCode}`] };
}

function showTask({ id, isCached }: EndedTask): void {
  if (!isCached) print(`${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${id}`);
}

function reportReader(): (project: string) => JestReport | undefined {
  const roots = readProjectRoots(root);
  return (project) => {
    const file = join(root, 'dist', roots.get(project) ?? '', 'test-results.json');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
