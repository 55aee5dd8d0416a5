import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findHelm } from '@task-api/helm';
import { dependencyLanes, renderVariants, type Values } from '@task-api/helm/testing';

const root = join(import.meta.dirname, '../../../..');
const helm = await findHelm();
const { mirror } = await dependencyLanes({ root, helm, name: 'postgresql' });

interface GuardCase {
  readonly guard: string;
  readonly refused: Values;
  readonly accepted: Values;
  readonly message: string;
}

const existingSecret = 'credentials';
const agent = { username: 'agent', database: 'agent' };
const given = { postgresPassword: 'a', password: 'b', replicationPassword: 'c' };
const replication = { architecture: 'replication' };

const guards: readonly GuardCase[] = [
  {
    guard: 'a user without a database',
    refused: { auth: { ...agent, database: '', existingSecret } },
    accepted: { auth: { ...agent, existingSecret } },
    message:
      'auth.username is set but auth.database is empty, and the image refuses a user without a database; set auth.database',
  },
  {
    guard: 'nobody who could log in',
    refused: { auth: { enablePostgresUser: false, existingSecret } },
    accepted: { auth: { ...agent, enablePostgresUser: false, existingSecret } },
    message:
      'auth.enablePostgresUser is false and auth.username is empty or postgres, so nobody could log in; set auth.username',
  },
  {
    guard: 'no password of the superuser',
    refused: { auth: { ...agent, ...given, postgresPassword: '' } },
    accepted: { auth: { ...agent, ...given } },
    message: 'auth.postgresPassword is empty and so is auth.existingSecret; set auth.existingSecret',
  },
  {
    guard: 'no password of the user',
    refused: { auth: { ...agent, ...given, password: '' } },
    accepted: { auth: { ...given, password: '' } },
    message: 'auth.password is empty and so is auth.existingSecret; set auth.existingSecret',
  },
  {
    guard: 'no password of the replicas',
    refused: { ...replication, auth: { ...agent, ...given, replicationPassword: '' } },
    accepted: { auth: { ...agent, ...given, replicationPassword: '' } },
    message: 'auth.replicationPassword is empty and so is auth.existingSecret; set auth.existingSecret',
  },
  ...['primary', 'readReplicas'].map((node) => ({
    guard: `two limits on evictions of ${node}`,
    refused: { auth: { existingSecret }, [node]: { pdb: { create: true, minAvailable: 1 } } },
    accepted: { auth: { existingSecret }, [node]: { pdb: { create: true, minAvailable: 1, maxUnavailable: '' } } },
    message: `${node}.pdb needs either minAvailable or maxUnavailable; set exactly one`,
  })),
  {
    guard: 'no limit on evictions at all',
    refused: { auth: { existingSecret }, primary: { pdb: { create: true, maxUnavailable: '' } } },
    accepted: { auth: { existingSecret }, primary: { pdb: { create: true, maxUnavailable: 0 } } },
    message: 'primary.pdb needs either minAvailable or maxUnavailable; set exactly one',
  },
  {
    guard: 'a common label that would select pods',
    refused: { auth: { existingSecret }, commonLabels: { 'app.kubernetes.io/instance': 'other' } },
    accepted: { auth: { existingSecret }, commonLabels: { 'app.kubernetes.io/part-of': 'other' } },
    message: 'commonLabels has app.kubernetes.io/instance, which selects pods and can never change; use another label',
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
