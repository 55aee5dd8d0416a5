import type { Values } from './task-api-chart.ts';
import type { Leaf } from './values-leaves.ts';

/** Another value of the same kind that the schema accepts, and how to recognise it in a render. */
export interface Mutation {
  readonly value: unknown;
  /** Text that only this mutation can bring into a render; without one it has to be rendered alone. */
  readonly token?: string;
}

/** `index` makes the mutations of different leaves different. */
export function mutate(leaf: Leaf, index: number): Mutation {
  const name = leaf.path.join('.');
  const unmarked = unmarkedMutations.find(([pattern]) => pattern.test(name));
  if (unmarked !== undefined) return { value: unmarked[1] };
  if (typeof leaf.value === 'boolean') return { value: !leaf.value };
  const [, token, shape] = markedShapes.find(([pattern]) => pattern.test(name)) ?? shapeByType(leaf.value);
  return { value: shape(token(index)), token: String(token(index)) };
}

/** What has to be switched on for a value to matter; the same object for all values that share it. */
export function preconditionsOf({ path }: Leaf): Values {
  const name = path.join('.');
  return preconditions.find(([pattern]) => pattern.test(name))?.[1] ?? none;
}

type Token = (index: number) => string | number;
type Shape = (token: string | number) => unknown;

const text: Token = (index) => `changed-${index}`;
const number: Token = (index) => 7000 + index;
const asIs: Shape = (token) => token;

const unmarkedMutations: readonly (readonly [RegExp, unknown])[] = [
  [/^(nameOverride|fullnameOverride|image\.tag|global\.imageRegistry|migrations\.image\.tag)$/, 'changed'],
  [/(^|\.)digest$/, `sha256:${'0123456789abcdef'.repeat(4)}`],
  [/pullPolicy$/, 'Always'],
  [/^config\.logLevel$/, 'debug'],
  [/^config\.(workers|databasePoolMax)$/, 7],
  [/^model\.provider$/, 'openai-compatible'],
  [/^auth\.mode$/, 'api-key'],
  [/^credentials\.existingSecret$/, 'changed'],
  [/^drain\./, 7001],
  [/^strategy\.type$/, 'Recreate'],
  [/^strategy\.rollingUpdate\./, 2],
  [/^(replicaCount|minReadySeconds|revisionHistoryLimit)$/, 7],
  [/^terminationGracePeriodSeconds$/, 61],
  [/^autoscaling\.(minReplicas|maxReplicas|target\w+)$/, 7],
  [/^podDisruptionBudget\.minAvailable$/, 1],
  [/^podDisruptionBudget\.maxUnavailable$/, 2],
  [/unhealthyPodEvictionPolicy$/, 'IfHealthyBudget'],
  [/(backoffLimit)$/, 7],
  [/lockTimeoutMs$/, 1777],
  [/activeDeadlineSeconds$/, 177],
  [/fsGroupChangePolicy$/, 'Always'],
  [/seccompProfile\.type$/, 'Localhost'],
  [/^service\.type$/, 'NodePort'],
  [/^topologySpreadConstraints$/, []],
  [/^networkPolicy\.dnsPeers$/, [{ podSelector: {} }]],
  [/thresholds\.(errorRatio|modelErrorRatio|volumeFreeRatio)$/, 0.77],
  [/hookDeletePolicy$/, 'before-hook-creation'],
  [/serviceMonitor\.(interval|scrapeTimeout)$/, '17s'],
  [/^externalDatabase\.sslMode$/, 'disable'],
];

const markedShapes: readonly (readonly [RegExp, Token, Shape])[] = [
  [/^config\.tracing\.otlpEndpoint$|runbookBaseUrl$|^model\.baseUrl$/, text, (token) => `http://${token}.example.com`],
  [/\.cpu$/, (index) => `${7000 + index}m`, asIs],
  [/\.memory$|sizeLimit$/, (index) => `${7000 + index}Mi`, asIs],
  [/PullSecrets$|capabilities\.drop$/, text, (token) => [token]],
  [/^httpRoute\.hostnames$/, text, (token) => [token]],
  [/^ingress\.hosts$/, text, (token) => [{ host: token }]],
  [/^ingress\.tls$/, text, (token) => [{ secretName: token, hosts: ['agent.example.com'] }]],
  [/apiServerPorts$/, number, (token) => [token]],
  [/volumeMounts$/i, text, (token) => [{ name: 'any', mountPath: `/${token}` }]],
  [/extraEnvFrom$/, text, (token) => [{ secretRef: { name: token } }]],
  [/^extraObjects$/, text, (token) => [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: token } }]],
];

function shapeByType(value: unknown): readonly [RegExp, Token, Shape] {
  const any = /./;
  if (typeof value === 'number') return [any, number, asIs];
  if (Array.isArray(value)) return [any, text, (token) => [{ name: token }]];
  return [any, text, typeof value === 'object' ? (token) => ({ changed: token }) : asIs];
}

const none: Values = {};
const endpoint: Values = { provider: 'openai-compatible', baseUrl: 'https://models.example.com/v1' };
const withoutDependencies: Values = {
  postgresql: { enabled: false },
  redis: { enabled: false },
  config: { cache: { enabled: false } },
  credentials: { existingSecret: 'vault' },
  externalDatabase: { host: 'db.example.com' },
};
const external: Values = { ...withoutDependencies, externalRedis: { host: 'cache.example.com' } };

const preconditions: readonly (readonly [RegExp, Values])[] = [
  [/^externalRedis\.host$/, withoutDependencies],
  [/^(externalDatabase|externalRedis|credentials\.existingSecret)/, external],
  [
    /^credentials\.[a-z]+[A-Z]\w+$/,
    { credentials: { postgresAdminPassword: 'a', databasePassword: 'b', redisPassword: 'c' } },
  ],
  [/^model\.baseUrl$|^networkPolicy\.externalPeers$/, { model: endpoint }],
  [/^model\.apiKey/, { model: { apiKey: { enabled: true, existingSecret: 'model' } } }],
  [/^auth\.mode$/, { auth: { existingSecret: 'keys' } }],
  [/^auth\./, { auth: { mode: 'api-key', existingSecret: 'keys' } }],
  [/^strategy\.type$/, { strategy: { rollingUpdate: null } }],
  [/^autoscaling\.enabled$/, none],
  [/^autoscaling\./, { replicaCount: null, autoscaling: { enabled: true } }],
  [/^podDisruptionBudget\.minAvailable$/, { podDisruptionBudget: { minAvailable: '50%', maxUnavailable: '' } }],
  [/^podDisruptionBudget\./, { replicaCount: 3 }],
  [/^ingress\./, { ingress: { enabled: true, hosts: [{ host: 'agent.example.com' }] } }],
  [/^httpRoute\./, { httpRoute: { enabled: true, parentRefs: [{ name: 'public' }] } }],
  [
    /^metrics\.(serviceMonitor|prometheusRule|dashboard)\./,
    { metrics: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true }, dashboard: { enabled: true } } },
  ],
];
