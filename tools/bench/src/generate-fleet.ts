// Times `gitops generate` and `gitops check` on a fleet of environments, cold (no output yet) and warm (nothing to change).
// Usage: node tools/bench/src/generate-fleet.ts [environments, default 1000]
import { spawnSync } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { machineFacts } from './machine-facts.ts';
import { createFleet } from './temporary-fleet.ts';

const command = resolve(import.meta.dirname, '../../gitops/bin/gitops.mjs');
const environmentCount = Number(process.argv[2] ?? 1000);
const repetitions = 3;

interface Figure {
  readonly what: string;
  readonly limitMs: number;
  /** Puts the fleet into the state that is measured. */
  readonly before: (root: string) => void;
  readonly args: readonly string[];
}

const nothing = () => undefined;

const figures: readonly Figure[] = [
  { what: '--help', limitMs: 300, before: nothing, args: ['--help'] },
  { what: 'generate, cold', limitMs: 2000, before: removeOutput, args: ['generate', '--json'] },
  { what: 'generate, warm', limitMs: 2000, before: nothing, args: ['generate', '--json'] },
  { what: 'check', limitMs: 3000, before: nothing, args: ['check', '--json'] },
];

const fleet = createFleet(environmentCount);
try {
  const rows = figures.map((figure) => measure(figure, fleet.root));
  process.stdout.write(
    `${environmentCount} environments, best of ${repetitions}; ${machineFacts()}\n${rows.join('\n')}\n`,
  );
} finally {
  fleet.remove();
}

function measure({ what, limitMs, before, args }: Figure, root: string): string {
  const timesMs = Array.from({ length: repetitions }, () => {
    before(root);
    return timeMs([...args, '--root', root]);
  });
  const bestMs = Math.min(...timesMs);
  if (bestMs > limitMs) process.exitCode = 1;
  return `${what.padEnd(16)} ${(bestMs / 1000).toFixed(2)} s   limit ${limitMs / 1000} s   ${bestMs > limitMs ? 'MISSED' : 'met'}`;
}

function timeMs(args: readonly string[]): number {
  const startedAtMs = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`gitops ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - startedAtMs;
}

function removeOutput(root: string): void {
  rmSync(join(root, 'argocd'), { recursive: true, force: true });
  for (const file of globSync('environments/*/values.yaml', { cwd: root })) rmSync(join(root, file));
}
