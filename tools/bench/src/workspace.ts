// Times the workspace through Nx on a temporary clone of HEAD, and compares with what is aimed at.
// Usage: node tools/bench/src/workspace.ts
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineFacts } from './machine-facts.ts';
import { createClone, type TemporaryClone } from './temporary-clone.ts';

interface Figure {
  readonly what: string;
  readonly limitMs: number;
  /** Puts the clone into the state that is measured. */
  readonly before?: (clone: TemporaryClone) => void;
  readonly args: readonly string[];
}

const testRun = 'tools/repository/src/run-tests.ts';

/** In this order: each starts from what the one before left. */
const figures: readonly Figure[] = [
  { what: 'npm test, cold', limitMs: 90_000, args: [testRun, 'run-many'] },
  { what: 'npm test, everything cached', limitMs: 1500, args: [testRun, 'run-many'] },
  {
    what: 'one environment changed, affected only',
    limitMs: 2000,
    before: ({ root }) => appendFileSync(join(root, 'environments/staging/environment.ts'), '\n// edited\n'),
    args: [testRun, 'affected', '--base=HEAD', '--targets=lint,test,build,validate'],
  },
  {
    what: 'lint, typecheck, build, generate, template, validate, cold',
    limitMs: 20_000,
    before: (clone) => clone.forgetResults(),
    args: [testRun, 'run-many', '--targets=lint,typecheck,build,generate,template,validate'],
  },
];

const clone = createClone();
try {
  process.stdout.write(`${machineFacts()}\n`);
  for (const figure of figures) process.stdout.write(`${measure(figure)}\n`);
} finally {
  clone.remove();
}

function measure({ what, limitMs, before, args }: Figure): string {
  before?.(clone);
  const { status, output, tookMs, cpuMs } = runTimed(args);
  const verdict =
    status === 0 ? verdictOf(tookMs, limitMs) : `FAILED\n${output.trim().split('\n').slice(-12).join('\n')}`;
  if (verdict !== 'met') process.exitCode = 1;
  return `${what.padEnd(58)} ${seconds(tookMs)}   limit ${limitMs / 1000} s   CPU ${seconds(cpuMs)}   ${verdict}`;
}

/** Processor time tells how much of the wait is the machine's other work. */
function runTimed(args: readonly string[]) {
  const command = ['-c', 'TIMEFORMAT="cpu %U %S"; time "$0" "$@"', process.execPath, ...args];
  const startedAtMs = performance.now();
  const { status, stdout, stderr } = spawnSync('bash', command, { cwd: clone.root, encoding: 'utf8' });
  const tookMs = performance.now() - startedAtMs;
  const [, user = '0', system = '0'] = /^cpu (\S+) (\S+)$/m.exec(stderr) ?? [];
  return { status, output: stdout, tookMs, cpuMs: 1000 * (Number(user) + Number(system)) };
}

function verdictOf(tookMs: number, limitMs: number): string {
  return tookMs > limitMs ? 'MISSED' : 'met';
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2).padStart(6)} s`;
}
