import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ownCheckout = resolve(import.meta.dirname, '../../..');
/** On the disk that a checkout lies on: creating files can cost many times as much elsewhere. */
const cache = join(ownCheckout, 'node_modules/.cache/task-api');
const tiers = ['dev', 'staging', 'prod'] as const;

export interface TemporaryFleet {
  readonly root: string;
  remove(): void;
}

/** A git repository of its own with this checkout's chart and as many environments as asked for, two in three of them pinned. */
export function createFleet(environmentCount: number): TemporaryFleet {
  mkdirSync(cache, { recursive: true });
  const root = mkdtempSync(join(cache, 'fleet-'));
  for (const path of ['charts', 'package.json', 'libs/values/src'])
    cpSync(join(ownCheckout, path), join(root, path), { recursive: true });
  const revision = commitAll(root);
  for (let index = 0; index < environmentCount; index++) writeEnvironment(root, index, revision);
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

function commitAll(root: string): string {
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git(
    '-c',
    'user.name=bench',
    '-c',
    'user.email=bench@localhost',
    'commit',
    '--quiet',
    '--no-verify',
    '-m',
    'chore: bench',
  );
  return git('rev-parse', 'HEAD').trim();
}

function writeEnvironment(root: string, index: number, revision: string): void {
  const name = `team-${String(index).padStart(4, '0')}`;
  const tier = tiers[index % tiers.length] ?? 'dev';
  const folder = join(root, 'environments', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'environment.ts'), environmentText(name, tier));
  writeFileSync(join(folder, 'release.yaml'), releaseText(tier === 'dev' ? 'main' : revision));
}

function environmentText(name: string, tier: string): string {
  return `import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: '${tier}',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-${name}' },
  chart: '${tier === 'dev' ? 'floating' : 'pinned'}',
  sync: { automated: true, selfHeal: true },
  values: {
    credentials: { existingSecret: 'task-api-credentials' },
    ingress: { enabled: true, hosts: [{ host: '${name}.example.com', paths: [{ path: '/', pathType: 'Prefix' }] }] },
  },
});
`;
}

function releaseText(revision: string): string {
  return `chart:
  revision: ${revision}
image:
  repository: ghcr.io/task-api/agent
  tag: 0.1.0
migrations:
  head: none
commits: []
`;
}
