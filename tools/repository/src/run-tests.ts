import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { completeTally } from './test-run/complete-tally.ts';
import { countTests, type JestReport } from './test-run/count-tests.ts';
import { describeRun, describeTally } from './test-run/describe-run.ts';
import { type EndedTask, runNx } from './test-run/run-nx.ts';
import { forgetRun, readProjectRoots, readRun } from './test-run/run-record.ts';

// `npm test`: every check of every project through Nx, ending with one line that counts tests.
// Usage: run-tests.ts run-many|affected [arguments of that Nx command, such as --projects=values,env-*]
const allTargets = ['lint', 'typecheck', 'test', 'build', 'check', 'template', 'validate', 'docs', 'package', 'sync'];
const greetings: Readonly<Record<string, string>> = {
  'run-many': 'Testing; what has not changed comes from the cache …',
  affected: 'Testing what the change affects …',
};

const [command = 'run-many', ...args] = process.argv.slice(2);
const targets = args.some((arg) => arg.startsWith('--targets=')) ? [] : [`--targets=${allTargets}`];
const root = process.cwd();
const start = Date.now();
let wasInterrupted = false;

// Nx gets Ctrl-C too; what it had finished is still counted.
process.on('SIGINT', () => {
  wasInterrupted = true;
});

forgetRun(root);
print(greetings[command] ?? command);
const { exitCode, lastLines } = await runNx([command, '--skip-sync', ...targets, ...args], root, showTask);
const tasks = readRun(root) ?? [];
if (tasks.length === 0) print(lastLines.join('\n'));
const tally = completeTally(countTests(tasks, readReport), { command, taskCount: tasks.length, exitCode });
print(describeRun(tasks, tally, Date.now() - start));
print(describeTally(tally));
process.exitCode = wasInterrupted ? 130 : Math.min(tally.failed, 1);

function showTask({ id, isCached }: EndedTask): void {
  if (!isCached) print(`${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${id}`);
}

function readReport(project: string): JestReport | undefined {
  const file = join(root, 'dist', readProjectRoots(root).get(project) ?? '', 'test-results.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function print(text: string): void {
  process.stdout.write(`${process.stdout.isTTY ? text : stripVTControlCharacters(text)}\n`);
}
