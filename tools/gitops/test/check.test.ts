import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { restore, type TemporaryCheckout, temporaryCheckout } from './temporary-checkout.ts';

let checkout: TemporaryCheckout;
beforeAll(async () => {
  checkout = await temporaryCheckout();
});
beforeEach(() => restore(checkout));
afterAll(() => checkout.remove());

const overlay = 'environments/prod/values.yaml';
const editByHand = () =>
  checkout.write({ [overlay]: checkout.read(overlay).replace('replicaCount: 3', 'replicaCount: 5') });

describe('gitops check', () => {
  it('is content with what generate wrote', async () => {
    expect(await checkout.run('check')).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^✔ \d+ generated files are what their input gives\n$/),
      stderr: '',
    });
  });

  it('shows a hand-edited file as a diff, names the command that mends it, and writes nothing', async () => {
    editByHand();
    const { exitCode, stdout } = await checkout.run('check');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`✖ ${overlay} differs from its input: it was edited by hand`);
    expect(stdout).toContain(`--- a/${overlay}\n+++ b/${overlay}\n@@`);
    expect(stdout).toContain('\n-replicaCount: 5\n+replicaCount: 3\n');
    expect(stdout).toContain('To fix: npx gitops generate\n');
    expect(checkout.read(overlay)).toContain('replicaCount: 5');
  });

  it('looks at the named environment alone', async () => {
    editByHand();
    expect([(await checkout.run('check', 'dev')).exitCode, (await checkout.run('check', 'prod')).exitCode]).toEqual([
      0, 1,
    ]);
  });

  it('gives the differences in JSON', async () => {
    editByHand();
    const { stdout } = await checkout.run('check', 'prod', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 1,
      fix: 'npx gitops generate prod',
      differences: [{ path: overlay, change: 'updated', diff: expect.stringContaining('+replicaCount: 3') }],
    });
  });

  it('misses a generated file', async () => {
    rmSync(join(checkout.root, 'argocd/root.yaml'));
    const { exitCode, stdout } = await checkout.run('check');
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('✖ argocd/root.yaml is missing')]);
  });
});
