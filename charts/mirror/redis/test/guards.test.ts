import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findHelm } from '@task-api/helm';
import { dependencyLanes, renderVariants, type Values } from '@task-api/helm/testing';

const root = join(import.meta.dirname, '../../../..');
const helm = await findHelm();
const { mirror } = await dependencyLanes({ root, helm, name: 'redis' });

interface GuardCase {
  readonly guard: string;
  readonly refused: Values;
  readonly accepted: Values;
  readonly message: string;
}

const auth = { existingSecret: 'credentials' };

const guards: readonly GuardCase[] = [
  {
    guard: 'no password',
    refused: {},
    accepted: { auth: { password: 'a' } },
    message:
      'auth.password is empty and so is auth.existingSecret; set auth.existingSecret to a Secret that holds the password',
  },
  {
    guard: 'no password where one is wanted',
    refused: { auth: { enabled: true } },
    accepted: { auth: { enabled: false } },
    message: 'auth.password is empty',
  },
  {
    guard: 'two limits on evictions',
    refused: { auth, pdb: { create: true, maxUnavailable: 1 } },
    accepted: { auth, pdb: { create: true, minAvailable: '', maxUnavailable: 1 } },
    message: 'pdb needs either minAvailable or maxUnavailable, and 2 of them are set',
  },
  {
    guard: 'no limit on evictions at all',
    refused: { auth, pdb: { create: true, minAvailable: '' } },
    accepted: { auth, pdb: { create: true, minAvailable: 0 } },
    message: 'pdb needs either minAvailable or maxUnavailable, and 0 of them are set',
  },
  {
    guard: 'a pod label that would select pods',
    refused: { auth, master: { podLabels: { 'app.kubernetes.io/component': 'other' } } },
    accepted: { auth, master: { podLabels: { 'app.kubernetes.io/part-of': 'other' } } },
    message:
      'master.podLabels has app.kubernetes.io/component, which selects pods and can never change; use another label',
  },
];

const outcomes = await renderVariants({
  helm,
  chart: mirror,
  variants: guards.flatMap(({ refused, accepted }) => [[refused], [accepted]]),
});

describe.each(guards.map((guard, index) => ({ ...guard, index })))('$guard', ({ message, index }) => {
  it('is refused', () => {
    expect(outcomes[2 * index]).toContain(message);
  });

  it('is not seen where there is none', () => {
    expect(outcomes[2 * index + 1]).toContain('kind: StatefulSet');
  });
});
