import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { restore, type TemporaryCheckout, temporaryCheckout } from './temporary-checkout.ts';

const bin = resolve(import.meta.dirname, '../bin/gitops.mjs');
const listPackages = resolve(import.meta.dirname, 'list-packages.mjs');

let checkout: TemporaryCheckout;
beforeAll(async () => {
  checkout = await temporaryCheckout();
});
afterAll(() => checkout.remove());

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function startProcess(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, TASK_API_CHART_LANE: 'mirror', NO_COLOR: '1', ...env },
  });
  return { child, ended: collect(child) };
}

async function collect(child: ChildProcess): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => (written.stdout += chunk));
  child.stderr?.on('data', (chunk) => (written.stderr += chunk));
  const [code] = await once(child, 'close');
  return { code, ...written };
}

const leftovers = () => globSync('**/.*.gitops-tmp', { cwd: checkout.root });

describe('the gitops process', () => {
  it.each([
    [['--help'], ['commander', 'picocolors']],
    [
      ['check', '--help'],
      ['commander', 'picocolors'],
    ],
  ])('loads next to nothing for %j, so that it answers at once', async (args, packages) => {
    const { code, stdout, stderr } = await startProcess(bin, args, { NODE_OPTIONS: `--import=${listPackages}` }).ended;
    expect([code, stdout, JSON.parse(stderr)]).toEqual([0, expect.stringContaining('Usage: gitops'), packages]);
  });

  it('loads neither Helm nor schemas of Kubernetes to explain a value', async () => {
    const args = ['explain', 'prod', 'replicaCount', '--root', checkout.root];
    const { stderr } = await startProcess(bin, args, { NODE_OPTIONS: `--import=${listPackages}` }).ended;
    const packages: readonly string[] = JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
    expect(packages.filter((name) => ['libs/helm', 'libs/manifests', 'listr2', 'diff', 'zx'].includes(name))).toEqual(
      [],
    );
  });

  it('prints nothing but one JSON document on stdout', async () => {
    const { code, stdout } = await startProcess(bin, ['validate', 'dev', '--json', '--root', checkout.root]).ended;
    expect([code, JSON.parse(stdout).command]).toEqual([0, 'validate']);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'ends by %s with code %d, whenever it comes, and leaves nothing half-written',
    async (signal, expected) => {
      for (const delayMs of [0, 100, 250, 500]) {
        restore(checkout);
        for (const name of ['dev', 'staging', 'prod']) rmSync(join(checkout.root, `environments/${name}/values.yaml`));
        const { child, ended } = startProcess(bin, ['start', '--render-only', '--root', checkout.root]);
        // From its first line of progress on it answers signals itself.
        child.stderr.once('data', () => setTimeout(() => child.kill(signal), delayMs));
        const { code } = await ended;
        const written = globSync('environments/*/values.yaml', { cwd: checkout.root }).length;
        expect([0, expected]).toContain(code);
        expect([[0, 3].includes(written), leftovers()]).toEqual([true, []]);
      }
    },
  );

  it('keeps stdout readable for a program that stops reading', async () => {
    const { child, ended } = startProcess(bin, ['template', 'prod', '--root', checkout.root]);
    child.stdout.destroy();
    expect((await ended).stderr).not.toContain('EPIPE');
  });
});
