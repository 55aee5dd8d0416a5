import type { Values } from '@task-api/helm/testing';

/** A setting in which values matter that do nothing by default. */
export interface Situation {
  /** Names of the values that it is made for. */
  readonly holds: RegExp;
  readonly values: Values;
}

const node = { startupProbe: { enabled: true }, service: { type: 'NodePort' }, serviceAccount: { create: true } };

const givenPassword: Values = {
  architecture: 'replication',
  auth: { password: 'a' },
  master: node,
  replica: node,
  networkPolicy: { enabled: true, allowExternal: false, ingressNSMatchLabels: { a: 'b' } },
  pdb: { create: true },
};
const sharedAccount: Values = { auth: { existingSecret: 'credentials' } };
const mostPods: Values = { ...sharedAccount, pdb: { create: true, minAvailable: '', maxUnavailable: 1 } };

/** The first that holds a value is the one it is tried in. */
export const situations: readonly [Situation, ...Situation[]] = [
  { holds: /^(auth\.existingSecret|serviceAccount\.)/, values: sharedAccount },
  { holds: /pdb\.maxUnavailable$/, values: mostPods },
  { holds: /./, values: givenPassword },
];
