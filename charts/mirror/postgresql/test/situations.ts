import type { Values } from '@task-api/helm/testing';

/** A setting in which values matter that do nothing by default. */
export interface Situation {
  /** Names of the values that it is made for. */
  readonly holds: RegExp;
  readonly values: Values;
}

const everyProbe = { startupProbe: { enabled: true } };
const node = {
  ...everyProbe,
  service: { type: 'NodePort' },
  pdb: { create: true },
  persistentVolumeClaimRetentionPolicy: { enabled: true },
};

const givenPasswords: Values = {
  architecture: 'replication',
  auth: { username: 'agent', database: 'agent', postgresPassword: 'a', password: 'b', replicationPassword: 'c' },
  replication: { synchronousCommit: 'on' },
  primary: node,
  readReplicas: node,
  serviceAccount: { create: true },
  networkPolicy: {
    enabled: true,
    ingressRules: { primaryAccessOnlyFrom: { enabled: true }, readReplicasAccessOnlyFrom: { enabled: true } },
    egressRules: { denyConnectionsToExternal: true, customRules: [{}] },
  },
};
const existingSecret: Values = {
  architecture: 'replication',
  auth: { username: 'agent', database: 'agent', existingSecret: 'credentials' },
};

const fewestPods = { pdb: { create: true, minAvailable: 1, maxUnavailable: '' } };
const limitedEvictions: Values = { ...existingSecret, primary: fewestPods, readReplicas: fewestPods };

/** The first that holds a value is the one it is tried in. */
export const situations: readonly [Situation, ...Situation[]] = [
  { holds: /^auth\.(existingSecret|secretKeys)/, values: existingSecret },
  { holds: /pdb\.minAvailable$/, values: limitedEvictions },
  { holds: /./, values: givenPasswords },
];

/** Values that the real chart of this version does not have. */
export const mirrorOnly = /^(primary|readReplicas)\.pdb\./;
