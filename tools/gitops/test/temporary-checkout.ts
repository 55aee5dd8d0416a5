import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Edge, runCli } from '../src/run-cli.ts';

const ownCheckout = resolve(import.meta.dirname, '../../..');
const copied = ['charts', 'environments', 'argocd', 'libs/values/src', 'package.json', 'README.md'];

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of this checkout's input and output, a git repository of its own to which the environments are pinned. */
export interface TemporaryCheckout {
  readonly root: string;
  run(...args: readonly string[]): Promise<Outcome>;
  read(path: string): string;
  write(files: Readonly<Record<string, string>>): void;
  git(...args: readonly string[]): string;
  remove(): void;
}

export async function temporaryCheckout(): Promise<TemporaryCheckout> {
  const root = mkdtempSync(join(tmpdir(), 'gitops-test-'));
  for (const path of copied.filter((path) => existsSync(join(ownCheckout, path)))) {
    cpSync(join(ownCheckout, path), join(root, path), { recursive: true });
  }
  const checkout = open(root);
  checkout.git('init', '--quiet', '--initial-branch', 'main');
  const revision = commitAll(checkout);
  pinTo(root, revision);
  await checkout.run('generate');
  commitAll(checkout);
  return checkout;
}

/** The same checkout as it was committed, whatever a test did to it. */
export function restore({ git }: TemporaryCheckout): void {
  git('reset', '--quiet', '--hard');
  git('clean', '--quiet', '-d', '--force');
}

function open(root: string): TemporaryCheckout {
  return {
    root,
    run: (...args) => run(root, args),
    read: (path) => readFileSync(join(root, path), 'utf8'),
    write: (files) => {
      for (const [path, text] of Object.entries(files)) writeFile(join(root, path), text);
    },
    git: (...args) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

async function run(root: string, args: readonly string[]): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const edge: Edge = {
    cwd: root,
    env: { ...process.env, TASK_API_CHART_LANE: 'mirror' },
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text) },
    takeOverSignals: () => undefined,
  };
  return { exitCode: await runCli(args, edge), ...written };
}

function commitAll({ git }: TemporaryCheckout): string {
  git('add', '--all');
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@localhost', '-c', 'commit.gpgsign=false'];
  git(...identity, 'commit', '--quiet', '--no-verify', '--allow-empty', '--message', 'chore: test');
  return git('rev-parse', 'HEAD').trim();
}

function pinTo(root: string, revision: string): void {
  for (const path of globSync('environments/*/release.yaml', { cwd: root })) {
    const file = join(root, path);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/[0-9a-f]{40}/, revision));
  }
}

function writeFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
