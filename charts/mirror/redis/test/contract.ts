import type { ReleaseFacts } from '@task-api/helm/testing';

/** What users of the chart rely on, row by row. Our stand-in and the real chart are both held to it. */
export interface ContractRow {
  /** Completes the sentence "the chart …". */
  readonly promise: string;
  /** @default 'task-api' */
  readonly release?: string;
  readonly values?: Values;
  readonly facts: Facts;
}

type Values = { readonly [key: string]: unknown };
/** Facts of which any may be left out, at every depth. */
type Partial<Fact> = { readonly [Key in keyof Fact]?: Fact[Key] extends object ? Partial<Fact[Key]> : Fact[Key] };
type Facts = Partial<ReleaseFacts>;

/** As task-api uses the chart: with a Secret that somebody else makes. */
export const agentValues: Values = { auth: { existingSecret: '{{ .Release.Name }}-credentials' } };
const standalone: Values = { architecture: 'standalone' };

const longRelease = 'r'.repeat(53);
const ownSelector = { 'app.kubernetes.io/instance': 'task-api', 'app.kubernetes.io/name': 'redis' };

const objectsOf = (name: string, ...more: readonly string[]) =>
  [
    `ConfigMap ${name}-configuration`,
    `ConfigMap ${name}-health`,
    `ConfigMap ${name}-scripts`,
    `Service ${name}-headless`,
    `Service ${name}-master`,
    `ServiceAccount ${name}`,
    `StatefulSet ${name}-master`,
    ...more,
  ].sort();
const replicasOf = (name: string) => [`Service ${name}-replicas`, `StatefulSet ${name}-replicas`];

export const contract: readonly ContractRow[] = [
  {
    promise: 'names the objects of a standalone release after release and chart',
    values: standalone,
    facts: {
      objects: objectsOf('task-api-redis'),
      statefulSets: {
        'task-api-redis-master': {
          replicas: 1,
          serviceName: 'task-api-redis-headless',
          data: 'redis-data-task-api-redis-master-0',
          serviceAccount: 'task-api-redis',
        },
      },
    },
  },
  {
    promise: 'has three replicas unless it is told otherwise',
    facts: {
      objects: objectsOf('task-api-redis', ...replicasOf('task-api-redis')),
      statefulSets: {
        'task-api-redis-replicas': {
          replicas: 3,
          serviceName: 'task-api-redis-headless',
          data: 'redis-data-task-api-redis-replicas-0',
        },
      },
    },
  },
  {
    promise: 'does not repeat its name in a release that holds it',
    release: 'my-redis',
    facts: { objects: objectsOf('my-redis', ...replicasOf('my-redis')) },
  },
  {
    promise: 'repeats nothing in a release that is named after the other database',
    release: 'my-postgresql',
    values: standalone,
    facts: { objects: objectsOf('my-postgresql-redis') },
  },
  {
    promise: 'names the objects of a release of 53 characters without cutting',
    release: longRelease,
    facts: { objects: objectsOf(`${longRelease}-redis`, ...replicasOf(`${longRelease}-redis`)) },
  },
  {
    promise: 'takes names of the user’s',
    values: { ...standalone, fullnameOverride: 'cache', nameOverride: 'kv' },
    facts: {
      objects: objectsOf('cache'),
      statefulSets: { 'cache-master': { selector: { 'app.kubernetes.io/name': 'kv' } } },
    },
  },
  {
    promise: 'serves clients on 6379 and gives every pod a name',
    facts: {
      services: {
        'task-api-redis-master': {
          type: 'ClusterIP',
          isHeadless: false,
          ports: ['tcp-redis 6379 redis'],
          selector: { ...ownSelector, 'app.kubernetes.io/component': 'master' },
        },
        'task-api-redis-replicas': {
          isHeadless: false,
          ports: ['tcp-redis 6379 redis'],
          selector: { ...ownSelector, 'app.kubernetes.io/component': 'replica' },
        },
        'task-api-redis-headless': { isHeadless: true, ports: ['tcp-redis 6379 redis'], selector: ownSelector },
      },
    },
  },
  {
    promise: 'runs the start scripts and tells them what the Bitnami contract says',
    facts: {
      statefulSets: {
        'task-api-redis-master': {
          command: ['/bin/bash', '-c', '/opt/bitnami/scripts/start-scripts/start-master.sh'],
          env: {
            BITNAMI_DEBUG: 'false',
            REDIS_REPLICATION_MODE: 'master',
            ALLOW_EMPTY_PASSWORD: 'no',
            REDIS_PASSWORD: 'Secret task-api-credentials redis-password',
            REDIS_TLS_ENABLED: 'no',
            REDIS_PORT: '6379',
          },
          ports: { redis: 6379 },
          mountPaths: [
            '/data',
            '/health',
            '/opt/bitnami/redis/etc',
            '/opt/bitnami/redis/mounted-etc',
            '/opt/bitnami/scripts/start-scripts',
            '/tmp',
          ],
        },
        'task-api-redis-replicas': {
          command: ['/bin/bash', '-c', '/opt/bitnami/scripts/start-scripts/start-replica.sh'],
          env: {
            REDIS_REPLICATION_MODE: 'replica',
            REDIS_MASTER_HOST: 'task-api-redis-master-0.task-api-redis-headless.agents.svc.cluster.local',
            REDIS_MASTER_PORT_NUMBER: '6379',
            REDIS_PASSWORD: 'Secret task-api-credentials redis-password',
            REDIS_MASTER_PASSWORD: 'Secret task-api-credentials redis-password',
          },
        },
      },
    },
  },
  {
    promise: 'reads another key of the existing Secret',
    values: { ...standalone, auth: { existingSecretPasswordKey: 'cache-password' } },
    facts: {
      statefulSets: {
        'task-api-redis-master': { env: { REDIS_PASSWORD: 'Secret task-api-credentials cache-password' } },
      },
    },
  },
  {
    promise: 'reads the password from a file when asked to',
    values: { auth: { usePasswordFiles: true } },
    facts: {
      statefulSets: {
        'task-api-redis-replicas': {
          env: {
            REDIS_PASSWORD_FILE: '/opt/bitnami/redis/secrets/redis-password',
            REDIS_MASTER_PASSWORD_FILE: '/opt/bitnami/redis/secrets/redis-password',
          },
        },
      },
    },
  },
  {
    promise: 'makes a Secret of a given password',
    values: { ...standalone, auth: { existingSecret: '', password: 'p' } },
    facts: {
      secrets: { 'task-api-redis': ['redis-password'] },
      statefulSets: { 'task-api-redis-master': { env: { REDIS_PASSWORD: 'Secret task-api-redis redis-password' } } },
    },
  },
  {
    promise: 'runs without a password when told to',
    values: { ...standalone, auth: { enabled: false } },
    facts: { statefulSets: { 'task-api-redis-master': { env: { ALLOW_EMPTY_PASSWORD: 'yes' } } } },
  },
  {
    promise: 'lets the release’s shared values win',
    values: {
      global: { imageRegistry: 'mirror.local', imagePullSecrets: ['pull'], storageClass: 'fast' },
      master: { persistence: { storageClass: 'slow' } },
    },
    facts: {
      statefulSets: {
        'task-api-redis-master': {
          image: 'mirror.local/bitnami/redis:7.0.12-debian-11-r34',
          pullSecrets: ['pull'],
          claimTemplates: [{ spec: { storageClassName: 'fast' } }],
        },
      },
    },
  },
  {
    promise: 'pins an image by its digest',
    values: { image: { registry: '', repository: 'cache', digest: `sha256:${'0'.repeat(64)}`, pullSecrets: ['own'] } },
    facts: {
      statefulSets: {
        'task-api-redis-master': { image: `cache@sha256:${'0'.repeat(64)}`, pullSecrets: ['own'] },
      },
    },
  },
  {
    promise: 'asks by script whether it is ready, a replica also the master',
    facts: {
      statefulSets: {
        'task-api-redis-master': {
          probes: {
            livenessProbe: '20 5 6 5 1 /health/ping_liveness_local.sh 5',
            readinessProbe: '20 5 2 5 1 /health/ping_readiness_local.sh 1',
          },
        },
        'task-api-redis-replicas': {
          probes: {
            startupProbe: '10 10 5 22 1 tcp',
            livenessProbe: '20 5 6 5 1 /health/ping_liveness_local_and_master.sh 5',
            readinessProbe: '20 5 2 5 1 /health/ping_readiness_local_and_master.sh 1',
          },
        },
      },
    },
  },
  {
    promise: 'runs where Pod Security is "restricted"',
    facts: {
      statefulSets: {
        'task-api-redis-replicas': {
          securityContexts: {
            pod: { fsGroup: 1001 },
            container: {
              runAsUser: 1001,
              runAsGroup: 0,
              runAsNonRoot: true,
              allowPrivilegeEscalation: false,
              seccompProfile: { type: 'RuntimeDefault' },
              capabilities: { drop: ['ALL'] },
            },
          },
        },
      },
    },
  },
  {
    promise: 'mounts no token when told so at all three places',
    values: {
      serviceAccount: { automountServiceAccountToken: false },
      master: { serviceAccount: { automountServiceAccountToken: false } },
      replica: { serviceAccount: { automountServiceAccountToken: false } },
    },
    facts: {
      serviceAccounts: { 'task-api-redis': false },
      statefulSets: { 'task-api-redis-master': { podToken: false }, 'task-api-redis-replicas': { podToken: false } },
    },
  },
  {
    promise: 'gives master and replicas ServiceAccounts of their own when asked to',
    values: {
      master: { serviceAccount: { create: true } },
      replica: { serviceAccount: { create: true, name: 'own' } },
    },
    facts: {
      serviceAccounts: { 'task-api-redis-master': true, own: true },
      statefulSets: { 'task-api-redis-replicas': { serviceAccount: 'own' } },
    },
  },
  {
    promise: 'puts common labels and annotations on every object',
    values: {
      commonLabels: { team: 'core' },
      commonAnnotations: { 'argocd.argoproj.io/sync-wave': '-2' },
      pdb: { create: true },
    },
    facts: {
      metadata: Object.fromEntries(
        [...objectsOf('task-api-redis', ...replicasOf('task-api-redis')), 'PodDisruptionBudget task-api-redis'].map(
          (object) => [object, { labels: { team: 'core' }, annotations: { 'argocd.argoproj.io/sync-wave': '-2' } }],
        ),
      ),
    },
  },
  {
    promise: 'keeps the data on a volume as the user wants it',
    values: {
      master: { persistence: { size: '20Gi', accessModes: ['ReadWriteOncePod'], annotations: { c: 'd' } } },
      replica: { persistence: { enabled: false } },
    },
    facts: {
      statefulSets: {
        'task-api-redis-master': {
          claimTemplates: [
            {
              metadata: {
                labels: { ...ownSelector, 'app.kubernetes.io/component': 'master' },
                annotations: { c: 'd' },
              },
              spec: { accessModes: ['ReadWriteOncePod'], resources: { requests: { storage: '20Gi' } } },
            },
          ],
        },
        'task-api-redis-replicas': { data: 'emptyDir', claimTemplates: [] },
      },
    },
  },
  {
    promise: 'takes a claim that is there',
    values: { ...standalone, master: { persistence: { existingClaim: '{{ .Release.Name }}-mine' } } },
    facts: { statefulSets: { 'task-api-redis-master': { data: 'task-api-mine' } } },
  },
  {
    promise: 'runs where the user wants it to',
    values: {
      master: {
        podAntiAffinityPreset: 'hard',
        nodeSelector: { disk: 'fast' },
        tolerations: [{ key: 'store', operator: 'Exists' }],
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
        priorityClassName: 'important',
        terminationGracePeriodSeconds: 60,
        resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } },
      },
      replica: { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } } },
    },
    facts: {
      statefulSets: {
        'task-api-redis-master': {
          scheduling: {
            nodeSelector: { disk: 'fast' },
            priorityClassName: 'important',
            terminationGracePeriodSeconds: 60,
          },
          resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } },
        },
      },
    },
  },
  {
    promise: 'limits evictions of master and replicas together',
    values: { pdb: { create: true, minAvailable: '', maxUnavailable: 1 } },
    facts: {
      disruptionBudgets: { 'task-api-redis': { maxUnavailable: 1, selector: { matchLabels: ownSelector } } },
    },
  },
  {
    promise: 'lets only those in who carry its label or are named',
    values: {
      ...standalone,
      networkPolicy: {
        enabled: true,
        allowExternal: false,
        ingressNSMatchLabels: { env: 'm' },
        ingressNSPodMatchLabels: { a: 'b' },
        extraIngress: [{ from: [{ podSelector: {} }] }],
      },
    },
    facts: {
      networkPolicies: {
        'task-api-redis': {
          podSelector: { matchLabels: ownSelector },
          policyTypes: ['Ingress'],
          ingress: [
            {
              ports: [{ port: 6379 }],
              from: [
                { podSelector: { matchLabels: { 'task-api-redis-client': 'true' } } },
                { podSelector: { matchLabels: ownSelector } },
                { namespaceSelector: { matchLabels: { env: 'm' } }, podSelector: { matchLabels: { a: 'b' } } },
              ],
            },
            { from: [{ podSelector: {} }] },
          ],
        },
      },
    },
  },
  {
    promise: 'listens on other ports, and tells its replicas',
    values: { master: { containerPorts: { redis: 6380 }, service: { ports: { redis: 6390 } } } },
    facts: {
      services: {
        'task-api-redis-master': { ports: ['tcp-redis 6390 redis'] },
        'task-api-redis-headless': { ports: ['tcp-redis 6390 redis'] },
      },
      statefulSets: {
        'task-api-redis-master': { ports: { redis: 6380 }, env: { REDIS_PORT: '6380' } },
        'task-api-redis-replicas': { env: { REDIS_PORT: '6379', REDIS_MASTER_PORT_NUMBER: '6380' } },
      },
    },
  },
];

/** What our stand-in does and the real chart of this version does not. */
export const mirrorExtras: readonly ContractRow[] = [
  {
    promise: 'gives replicas a folder for temporary files, so that their root may be read-only',
    facts: {
      statefulSets: {
        'task-api-redis-replicas': {
          mountPaths: [
            '/data',
            '/health',
            '/opt/bitnami/redis/etc',
            '/opt/bitnami/redis/mounted-etc',
            '/opt/bitnami/scripts/start-scripts',
            '/tmp',
          ],
        },
      },
    },
  },
  {
    promise: 'lets replicas ask for names over TCP too',
    values: { networkPolicy: { enabled: true } },
    facts: {
      networkPolicies: {
        'task-api-redis': {
          egress: [
            {
              ports: [
                { port: 53, protocol: 'UDP' },
                { port: 53, protocol: 'TCP' },
              ],
            },
            { ports: [{ port: 6379 }], to: [{ podSelector: { matchLabels: ownSelector } }] },
          ],
        },
      },
    },
  },
];
