// Times `gitops generate` and `gitops check` on a fleet of environments, cold (no output yet) and warm (nothing to change),
// beside what the disk alone takes to create as many files.
// Usage: node tools/bench/src/generate-fleet.ts [environments, default 1000]
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { machineFacts } from './machine-facts.ts';
import { createFleet } from './temporary-fleet.ts';

const command = resolve(import.meta.dirname, '../../gitops/bin/gitops.mjs');
const environmentCount = Number(process.argv[2] ?? 1000);
/** About as long as an overlay. */
const fileText = 'text\n'.repeat(400);
const repetitions = 3;

interface Figure {
  readonly what: string;
  readonly limitMs: number;
  /** Puts the fleet into the state that is measured. */
  readonly before?: (root: string) => void;
  readonly run: (root: string) => void;
}

const gitops =
  (...args: readonly string[]) =>
  (root: string) =>
    runGitops([...args, '--root', root]);

const fleet = createFleet(environmentCount);
try {
  const diskMs = bestMs({ before: removeFiles, run: createFiles }, fleet.root);
  removeFiles(fleet.root);
  const figures: readonly Figure[] = [
    { what: '--help', limitMs: 300, run: gitops('--help') },
    { what: 'generate, cold', limitMs: 2000 + diskMs, before: removeOutput, run: gitops('generate', '--json') },
    { what: 'generate, warm', limitMs: 2000, run: gitops('generate', '--json') },
    { what: 'check', limitMs: 3000, run: gitops('check', '--json') },
  ];
  const rows = figures.map((figure) => judge(figure, fleet.root));
  print([
    `${environmentCount} environments, best of ${repetitions}; ${machineFacts()}`,
    row('the disk alone', diskMs),
    ...rows,
  ]);
} finally {
  fleet.remove();
}

function judge(figure: Figure, root: string): string {
  const { what, limitMs } = figure;
  const elapsedMs = bestMs(figure, root);
  if (elapsedMs > limitMs) process.exitCode = 1;
  return `${row(what, elapsedMs)}   limit ${seconds(limitMs)}   ${elapsedMs > limitMs ? 'MISSED' : 'met'}`;
}

function row(what: string, elapsedMs: number): string {
  return `${what.padEnd(16)} ${seconds(elapsedMs)}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function bestMs({ before, run }: Pick<Figure, 'before' | 'run'>, root: string): number {
  const timesMs = Array.from({ length: repetitions }, () => {
    before?.(root);
    const startedAtMs = performance.now();
    run(root);
    return performance.now() - startedAtMs;
  });
  return Math.min(...timesMs);
}

function runGitops(args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`gitops ${args.join(' ')} ended with ${status}: ${stderr}`);
}

function removeOutput(root: string): void {
  rmSync(join(root, 'argocd'), { recursive: true, force: true });
  for (const file of globSync('environments/*/values.yaml', { cwd: root })) rmSync(join(root, file));
}

/** As many files in the same directories, and nothing but that. */
function createFiles(root: string): void {
  mkdirSync(join(root, 'argocd/applications'), { recursive: true });
  for (const name of readdirSync(join(root, 'environments'))) {
    writeFileSync(join(root, 'environments', name, 'disk.txt'), fileText);
    writeFileSync(join(root, 'argocd/applications', `${name}.txt`), fileText);
  }
}

function removeFiles(root: string): void {
  rmSync(join(root, 'argocd'), { recursive: true, force: true });
  for (const file of globSync('environments/*/disk.txt', { cwd: root })) rmSync(join(root, file));
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
