import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { restore, type TemporaryCheckout, temporaryCheckout } from './temporary-checkout.ts';

let checkout: TemporaryCheckout;
beforeAll(async () => {
  checkout = await temporaryCheckout();
});
beforeEach(() => restore(checkout));
afterAll(() => checkout.remove());

const qa = `import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'staging',
  destination: { server: 'https://kubernetes.default.svc', namespace: 'task-api-qa' },
  chart: 'floating',
  sync: { automated: true, selfHeal: true },
});
`;
const qaRelease =
  'chart:\n  revision: main\nimage:\n  repository: task-api/agent\n  tag: "1.0.0"\nmigrations:\n  head: none\ncommits: []\n';
const addQa = () => checkout.write({ 'environments/qa/environment.ts': qa, 'environments/qa/release.yaml': qaRelease });
const changedPaths = () =>
  checkout
    .git('status', '--porcelain', '--untracked-files=all')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.slice(3))
    .sort();

describe('gitops generate', () => {
  it('changes nothing the second time', async () => {
    const { exitCode, stdout } = await checkout.run('generate');
    expect([exitCode, stdout, changedPaths()]).toEqual([
      0,
      expect.stringMatching(/^✔ \d+ generated files are up to date\n$/),
      [],
    ]);
  });

  it('needs nothing but a directory for another environment', async () => {
    addQa();
    const generated = await checkout.run('generate');
    expect(generated.exitCode).toBe(0);
    expect(changedPaths()).toEqual([
      'argocd/applications/qa.yaml',
      'argocd/project.yaml',
      'environments/qa/environment.ts',
      'environments/qa/release.yaml',
      'environments/qa/values.yaml',
    ]);
    expect(checkout.read('argocd/applications/qa.yaml')).toContain('namespace: task-api-qa');
    const validated = await checkout.run('validate', 'qa', '--json');
    expect(JSON.parse(validated.stdout)).toMatchObject({
      exitCode: 0,
      environments: [{ name: 'qa', objects: expect.any(Number), findings: [] }],
    });
  });

  it('takes the environment that the README shows, with the release that it says to copy', async () => {
    const [, environment = ''] =
      /^```ts\n(import \{ defineEnvironment \}.*?)^```$/ms.exec(checkout.read('README.md')) ?? [];
    const release = checkout.read('environments/staging/release.yaml');
    checkout.write({ 'environments/qa/environment.ts': environment, 'environments/qa/release.yaml': release });
    expect(await checkout.run('generate')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(changedPaths()).toContain('argocd/applications/qa.yaml');
  });

  it('removes the Application of an environment whose directory is gone', async () => {
    addQa();
    await checkout.run('generate');
    rmSync(join(checkout.root, 'environments/qa'), { recursive: true });
    const { stdout } = await checkout.run('generate');
    expect(stdout).toMatch(/argocd\/applications\/qa\.yaml +removed/);
    expect(changedPaths()).toEqual([]);
  });

  it('leaves an Application alone that a person wrote', async () => {
    checkout.write({ 'argocd/applications/other.yaml': 'kind: Application\n' });
    await checkout.run('generate');
    expect(existsSync(join(checkout.root, 'argocd/applications/other.yaml'))).toBe(true);
  });

  it('writes the named environment alone', async () => {
    addQa();
    await checkout.run('generate', 'qa');
    expect(changedPaths()).not.toContain('argocd/project.yaml');
  });

  it('reports in JSON what it changed', async () => {
    addQa();
    const { stdout } = await checkout.run('generate', 'qa', '--json');
    expect(JSON.parse(stdout)).toEqual({
      command: 'generate',
      exitCode: 0,
      environments: ['qa'],
      files: 2,
      changes: [
        { path: 'environments/qa/values.yaml', change: 'created' },
        { path: 'argocd/applications/qa.yaml', change: 'created' },
      ],
    });
  });

  it('writes overlay and Application together or not at all', async () => {
    addQa();
    rmSync(join(checkout.root, 'argocd'), { recursive: true });
    writeFileSync(join(checkout.root, 'argocd'), 'a file where a directory is needed');
    const { exitCode, stderr } = await checkout.run('generate', 'qa');
    expect([exitCode, stderr]).toEqual([
      3,
      'error: argocd/applications/qa.yaml cannot be written (ENOTDIR: not a directory); nothing was changed\n',
    ]);
    expect(existsSync(join(checkout.root, 'environments/qa/values.yaml'))).toBe(false);
  });

  it('replaces nothing when a directory lies where a file has to go', async () => {
    checkout.write({ 'environments/dev/values.yaml': 'edited: true\n' });
    rmSync(join(checkout.root, 'argocd/applications/dev.yaml'));
    mkdirSync(join(checkout.root, 'argocd/applications/dev.yaml'));
    const { exitCode, stderr } = await checkout.run('generate', 'dev');
    expect([exitCode, stderr]).toEqual([
      3,
      expect.stringContaining('argocd/applications/dev.yaml cannot be read (EISDIR'),
    ]);
    expect(checkout.read('environments/dev/values.yaml')).toBe('edited: true\n');
  });

  it('suggests the environment that was meant', async () => {
    const { exitCode, stderr } = await checkout.run('generate', 'prdo');
    expect([exitCode, stderr]).toEqual([
      2,
      'error: "prdo" is not an environment; did you mean prod? (environments/: dev, staging, prod)\n',
    ]);
  });
});
