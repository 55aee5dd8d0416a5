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

/** As task-api uses the chart: a user of its own, and a Secret that somebody else makes. */
export const agentValues: Values = {
  auth: { username: 'agent', database: 'agent', existingSecret: '{{ .Release.Name }}-credentials' },
};
const replication: Values = { architecture: 'replication' };

const longRelease = 'r'.repeat(53);
const cutName = `${longRelease}-postgresq`;

/** Longest release names whose Services still have different names; longer ones are cut to the same. */
export const longestReleaseName = { standalone: 50, replication: 42 } as const;

export const contract: readonly ContractRow[] = [
  {
    promise: 'names the objects of a standalone release after release and chart',
    facts: {
      objects: ['Service task-api-postgresql', 'Service task-api-postgresql-hl', 'StatefulSet task-api-postgresql'],
      statefulSets: {
        'task-api-postgresql': {
          replicas: 1,
          serviceName: 'task-api-postgresql-hl',
          data: 'data-task-api-postgresql-0',
          serviceAccount: 'default',
        },
      },
    },
  },
  {
    promise: 'names primary and read replicas apart with replication',
    values: { ...replication, readReplicas: { replicaCount: 2 } },
    facts: {
      objects: [
        'Service task-api-postgresql-primary',
        'Service task-api-postgresql-primary-hl',
        'Service task-api-postgresql-read',
        'Service task-api-postgresql-read-hl',
        'StatefulSet task-api-postgresql-primary',
        'StatefulSet task-api-postgresql-read',
      ],
      statefulSets: {
        'task-api-postgresql-primary': {
          replicas: 1,
          serviceName: 'task-api-postgresql-primary-hl',
          data: 'data-task-api-postgresql-primary-0',
        },
        'task-api-postgresql-read': {
          replicas: 2,
          serviceName: 'task-api-postgresql-read-hl',
          data: 'data-task-api-postgresql-read-0',
        },
      },
    },
  },
  {
    promise: 'does not repeat its name in a release that holds it',
    release: 'my-postgresql',
    facts: {
      objects: ['Service my-postgresql', 'Service my-postgresql-hl', 'StatefulSet my-postgresql'],
      statefulSets: { 'my-postgresql': { data: 'data-my-postgresql-0' } },
    },
  },
  {
    promise: 'does not repeat its name in a release that holds it with replication',
    release: 'my-postgresql',
    values: replication,
    facts: {
      objects: [
        'Service my-postgresql-primary',
        'Service my-postgresql-primary-hl',
        'Service my-postgresql-read',
        'Service my-postgresql-read-hl',
        'StatefulSet my-postgresql-primary',
        'StatefulSet my-postgresql-read',
      ],
    },
  },
  {
    promise: 'cuts the names of a release of 53 characters at 63, whatever comes of it',
    release: longRelease,
    facts: { objects: [`Service ${cutName}`, `Service ${cutName}`, `StatefulSet ${cutName}`] },
  },
  {
    promise: 'cuts the names of a release of 53 characters at 63 with replication, whatever comes of it',
    release: longRelease,
    values: replication,
    facts: {
      objects: [
        ...Array.from({ length: 4 }, () => `Service ${cutName}`),
        ...Array.from({ length: 2 }, () => `StatefulSet ${cutName}`),
      ],
    },
  },
  {
    promise: 'takes a full name of the user’s, which helps with long releases',
    release: longRelease,
    values: { ...replication, fullnameOverride: 'store' },
    facts: {
      objects: [
        'Service store-primary',
        'Service store-primary-hl',
        'Service store-read',
        'Service store-read-hl',
        'StatefulSet store-primary',
        'StatefulSet store-read',
      ],
    },
  },
  {
    promise: 'takes names of the user’s for the parts',
    values: { ...replication, nameOverride: 'db', primary: { name: 'main' }, readReplicas: { name: 'copies' } },
    facts: {
      statefulSets: {
        'task-api-db-main': { selector: { 'app.kubernetes.io/name': 'db' } },
        'task-api-db-copies': { env: { POSTGRES_MASTER_HOST: 'task-api-db-main' } },
      },
    },
  },
  {
    promise: 'serves clients on 5432 and gives every pod a name',
    values: replication,
    facts: {
      services: {
        'task-api-postgresql-primary': {
          type: 'ClusterIP',
          isHeadless: false,
          ports: ['tcp-postgresql 5432 tcp-postgresql'],
          selector: {
            'app.kubernetes.io/component': 'primary',
            'app.kubernetes.io/instance': 'task-api',
            'app.kubernetes.io/name': 'postgresql',
          },
        },
        'task-api-postgresql-primary-hl': { isHeadless: true, ports: ['tcp-postgresql 5432 tcp-postgresql'] },
        'task-api-postgresql-read': { isHeadless: false, selector: { 'app.kubernetes.io/component': 'read' } },
        'task-api-postgresql-read-hl': { isHeadless: true },
      },
    },
  },
  {
    promise: 'tells the image what the Bitnami contract says',
    facts: {
      statefulSets: {
        'task-api-postgresql': {
          env: {
            BITNAMI_DEBUG: 'false',
            POSTGRESQL_PORT_NUMBER: '5432',
            POSTGRESQL_VOLUME_DIR: '/bitnami/postgresql',
            PGDATA: '/bitnami/postgresql/data',
            POSTGRES_USER: 'agent',
            POSTGRES_PASSWORD: 'Secret task-api-credentials password',
            POSTGRES_POSTGRES_PASSWORD: 'Secret task-api-credentials postgres-password',
            POSTGRES_DATABASE: 'agent',
            POSTGRESQL_ENABLE_LDAP: 'no',
            POSTGRESQL_ENABLE_TLS: 'no',
            POSTGRESQL_LOG_HOSTNAME: 'false',
            POSTGRESQL_LOG_CONNECTIONS: 'false',
            POSTGRESQL_LOG_DISCONNECTIONS: 'false',
            POSTGRESQL_PGAUDIT_LOG_CATALOG: 'off',
            POSTGRESQL_CLIENT_MIN_MESSAGES: 'error',
            POSTGRESQL_SHARED_PRELOAD_LIBRARIES: 'pgaudit',
          },
          ports: { 'tcp-postgresql': 5432 },
          command: [],
          mountPaths: ['/bitnami/postgresql', '/dev/shm'],
        },
      },
    },
  },
  {
    promise: 'tells primary and replicas who they are, and where the primary is',
    values: replication,
    facts: {
      statefulSets: {
        'task-api-postgresql-primary': {
          env: {
            POSTGRES_REPLICATION_MODE: 'master',
            POSTGRES_REPLICATION_USER: 'repl_user',
            POSTGRES_REPLICATION_PASSWORD: 'Secret task-api-credentials replication-password',
            POSTGRES_CLUSTER_APP_NAME: 'my_application',
          },
        },
        'task-api-postgresql-read': {
          env: {
            POSTGRES_REPLICATION_MODE: 'slave',
            POSTGRES_REPLICATION_USER: 'repl_user',
            POSTGRES_REPLICATION_PASSWORD: 'Secret task-api-credentials replication-password',
            POSTGRES_MASTER_HOST: 'task-api-postgresql-primary',
            POSTGRES_MASTER_PORT_NUMBER: '5432',
          },
        },
      },
    },
  },
  {
    promise: 'tells the primary how many replicas have to confirm',
    values: { ...replication, replication: { synchronousCommit: 'on', numSynchronousReplicas: 1 } },
    facts: {
      statefulSets: {
        'task-api-postgresql-primary': {
          env: { POSTGRES_SYNCHRONOUS_COMMIT_MODE: 'on', POSTGRES_NUM_SYNCHRONOUS_REPLICAS: '1' },
        },
      },
    },
  },
  {
    promise: 'reads the superuser’s password when there is no other user',
    values: { auth: { username: '', database: '' } },
    facts: {
      statefulSets: {
        'task-api-postgresql': { env: { POSTGRES_PASSWORD: 'Secret task-api-credentials postgres-password' } },
      },
    },
  },
  {
    promise: 'reads passwords from files when asked to',
    values: { ...replication, auth: { usePasswordFiles: true } },
    facts: {
      statefulSets: {
        'task-api-postgresql-primary': {
          env: {
            POSTGRES_PASSWORD_FILE: '/opt/bitnami/postgresql/secrets/password',
            POSTGRES_POSTGRES_PASSWORD_FILE: '/opt/bitnami/postgresql/secrets/postgres-password',
            POSTGRES_REPLICATION_PASSWORD_FILE: '/opt/bitnami/postgresql/secrets/replication-password',
          },
          mountPaths: ['/bitnami/postgresql', '/dev/shm', '/opt/bitnami/postgresql/secrets'],
        },
      },
    },
  },
  {
    promise: 'reads other keys of the existing Secret',
    values: {
      ...replication,
      auth: { secretKeys: { adminPasswordKey: 'a', userPasswordKey: 'u', replicationPasswordKey: 'r' } },
    },
    facts: {
      statefulSets: {
        'task-api-postgresql-primary': {
          env: {
            POSTGRES_PASSWORD: 'Secret task-api-credentials u',
            POSTGRES_POSTGRES_PASSWORD: 'Secret task-api-credentials a',
            POSTGRES_REPLICATION_PASSWORD: 'Secret task-api-credentials r',
          },
        },
      },
    },
  },
  {
    promise: 'makes a Secret of given passwords',
    values: {
      ...replication,
      auth: { existingSecret: '', postgresPassword: 'a', password: 'u', replicationPassword: 'r' },
    },
    facts: {
      secrets: { 'task-api-postgresql': ['password', 'postgres-password', 'replication-password'] },
      statefulSets: {
        'task-api-postgresql-read': { env: { POSTGRES_PASSWORD: 'Secret task-api-postgresql password' } },
      },
    },
  },
  {
    promise: 'lets the release’s shared values win',
    values: {
      global: {
        imageRegistry: 'mirror.local',
        imagePullSecrets: ['pull'],
        storageClass: 'fast',
        postgresql: {
          auth: {
            username: 'other',
            database: 'other',
            existingSecret: 'shared',
            secretKeys: { userPasswordKey: 'u' },
          },
          service: { ports: { postgresql: 5444 } },
        },
      },
    },
    facts: {
      statefulSets: {
        'task-api-postgresql': {
          image: 'mirror.local/bitnami/postgresql:15.4.0-debian-11-r45',
          pullSecrets: ['pull'],
          env: { POSTGRES_USER: 'other', POSTGRES_DATABASE: 'other', POSTGRES_PASSWORD: 'Secret shared u' },
        },
      },
      services: { 'task-api-postgresql': { ports: ['tcp-postgresql 5444 tcp-postgresql'] } },
    },
  },
  {
    promise: 'pins an image by its digest',
    values: { image: { registry: '', repository: 'store', digest: `sha256:${'0'.repeat(64)}`, pullSecrets: ['own'] } },
    facts: {
      statefulSets: {
        'task-api-postgresql': { image: `store@sha256:${'0'.repeat(64)}`, pullSecrets: ['own'] },
      },
    },
  },
  {
    promise: 'asks over TCP whether it is ready, in the user’s database',
    values: { primary: { startupProbe: { enabled: true } } },
    facts: {
      statefulSets: {
        'task-api-postgresql': {
          probes: {
            livenessProbe: '30 10 5 6 1 exec pg_isready -U "agent" -d "dbname=agent" -h 127.0.0.1 -p 5432',
            readinessProbe: '5 10 5 6 1 exec pg_isready -U "agent" -d "dbname=agent" -h 127.0.0.1 -p 5432',
            startupProbe: '30 10 1 15 1 exec pg_isready -U "agent" -d "dbname=agent" -h 127.0.0.1 -p 5432',
          },
        },
      },
    },
  },
  {
    promise: 'runs where Pod Security is "restricted"',
    facts: {
      statefulSets: {
        'task-api-postgresql': {
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
    promise: 'uses a ServiceAccount without a token when asked to',
    values: { serviceAccount: { create: true, automountServiceAccountToken: false } },
    facts: {
      serviceAccounts: { 'task-api-postgresql': false },
      statefulSets: { 'task-api-postgresql': { serviceAccount: 'task-api-postgresql' } },
    },
  },
  {
    promise: 'puts common labels and annotations on every object',
    values: {
      ...replication,
      commonLabels: { team: 'core' },
      commonAnnotations: { 'argocd.argoproj.io/sync-wave': '-2' },
      serviceAccount: { create: true },
    },
    facts: {
      metadata: Object.fromEntries(
        [
          'ServiceAccount task-api-postgresql',
          'Service task-api-postgresql-primary',
          'Service task-api-postgresql-primary-hl',
          'StatefulSet task-api-postgresql-read',
        ].map((object) => [
          object,
          { labels: { team: 'core' }, annotations: { 'argocd.argoproj.io/sync-wave': '-2' } },
        ]),
      ),
    },
  },
  {
    promise: 'keeps the data on a volume as the user wants it',
    values: {
      primary: {
        persistence: {
          size: '20Gi',
          storageClass: 'slow',
          accessModes: ['ReadWriteOncePod'],
          labels: { a: 'b' },
          annotations: { c: 'd' },
        },
        persistentVolumeClaimRetentionPolicy: { enabled: true },
      },
    },
    facts: {
      statefulSets: {
        'task-api-postgresql': {
          claimTemplates: [
            {
              metadata: { name: 'data', labels: { a: 'b' }, annotations: { c: 'd' } },
              spec: {
                accessModes: ['ReadWriteOncePod'],
                resources: { requests: { storage: '20Gi' } },
                storageClassName: 'slow',
              },
            },
          ],
        },
      },
    },
  },
  {
    promise: 'takes a claim that is there',
    values: {
      ...replication,
      primary: { persistence: { existingClaim: '{{ .Release.Name }}-mine' } },
    },
    facts: {
      statefulSets: {
        'task-api-postgresql-primary': { data: 'task-api-mine', claimTemplates: [] },
        'task-api-postgresql-read': { data: 'data-task-api-postgresql-read-0' },
      },
    },
  },
  {
    promise: 'mounts scripts and configuration where the image looks for them',
    values: {
      ...replication,
      primary: {
        initdb: { args: '--data-checksums', scripts: { 'a.sql': 'select 1' } },
        configuration: 'max_connections = 50',
        extendedConfiguration: 'work_mem = 8MB',
      },
      readReplicas: { extendedConfiguration: 'work_mem = 8MB' },
    },
    facts: {
      objects: [
        'ConfigMap task-api-postgresql-primary-configuration',
        'ConfigMap task-api-postgresql-primary-extended-configuration',
        'ConfigMap task-api-postgresql-primary-init-scripts',
        'ConfigMap task-api-postgresql-read-extended-configuration',
        'Service task-api-postgresql-primary',
        'Service task-api-postgresql-primary-hl',
        'Service task-api-postgresql-read',
        'Service task-api-postgresql-read-hl',
        'StatefulSet task-api-postgresql-primary',
        'StatefulSet task-api-postgresql-read',
      ],
      statefulSets: {
        'task-api-postgresql-primary': {
          env: { POSTGRES_INITDB_ARGS: '--data-checksums' },
          mountPaths: [
            '/bitnami/postgresql',
            '/bitnami/postgresql/conf',
            '/bitnami/postgresql/conf/conf.d',
            '/dev/shm',
            '/docker-entrypoint-initdb.d',
          ],
        },
      },
    },
  },
  {
    promise: 'runs where the user wants it to',
    values: {
      ...replication,
      primary: {
        podAntiAffinityPreset: 'hard',
        nodeSelector: { disk: 'fast' },
        tolerations: [{ key: 'store', operator: 'Exists' }],
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
        priorityClassName: 'important',
        terminationGracePeriodSeconds: 60,
        resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } },
      },
      readReplicas: { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } } },
    },
    facts: {
      statefulSets: {
        'task-api-postgresql-primary': {
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
    promise: 'lets only those in who are named, and replicas',
    values: {
      ...replication,
      networkPolicy: {
        enabled: true,
        ingressRules: {
          primaryAccessOnlyFrom: {
            enabled: true,
            customRules: [{ from: [{ podSelector: { matchLabels: { a: 'b' } } }] }],
          },
          readReplicasAccessOnlyFrom: { enabled: true, podSelector: { a: 'b' } },
        },
        egressRules: { denyConnectionsToExternal: true },
      },
    },
    facts: {
      networkPolicies: {
        'task-api-postgresql-egress': {
          policyTypes: ['Egress'],
          egress: [
            {
              ports: [
                { port: 53, protocol: 'UDP' },
                { port: 53, protocol: 'TCP' },
              ],
            },
            { to: [{ namespaceSelector: {} }] },
          ],
        },
        'task-api-postgresql-primary-ingress': {
          ingress: [
            {
              from: [
                {
                  podSelector: {
                    matchLabels: {
                      'app.kubernetes.io/component': 'read',
                      'app.kubernetes.io/instance': 'task-api',
                      'app.kubernetes.io/name': 'postgresql',
                    },
                  },
                },
              ],
              ports: [{ port: 5432 }],
            },
            { from: [{ podSelector: { matchLabels: { a: 'b' } } }] },
          ],
        },
        'task-api-postgresql-read-ingress': {
          ingress: [{ from: [{ podSelector: { matchLabels: { a: 'b' } } }], ports: [{ port: 5432 }] }],
        },
      },
    },
  },
  {
    promise: 'listens on other ports, and tells its replicas',
    values: {
      ...replication,
      containerPorts: { postgresql: 5433 },
      primary: { service: { ports: { postgresql: 5444 } } },
    },
    facts: {
      services: { 'task-api-postgresql-primary': { ports: ['tcp-postgresql 5444 tcp-postgresql'] } },
      statefulSets: {
        'task-api-postgresql-primary': {
          ports: { 'tcp-postgresql': 5433 },
          env: { POSTGRESQL_PORT_NUMBER: '5433' },
        },
        'task-api-postgresql-read': { env: { POSTGRES_MASTER_PORT_NUMBER: '5444' } },
      },
    },
  },
];

/** What our stand-in does and the real chart of this version does not. */
export const mirrorExtras: readonly ContractRow[] = [
  {
    promise: 'keeps the data of a pod without a claim out of the container’s own layer',
    values: { primary: { persistence: { enabled: false } } },
    facts: {
      statefulSets: {
        'task-api-postgresql': { data: 'emptyDir', mountPaths: ['/bitnami/postgresql', '/dev/shm'] },
      },
    },
  },
  {
    promise: 'limits evictions of primary and read replicas apart from each other',
    values: {
      ...replication,
      primary: { pdb: { create: true } },
      readReplicas: { pdb: { create: true, minAvailable: 1, maxUnavailable: '' } },
    },
    facts: {
      disruptionBudgets: {
        'task-api-postgresql-primary': {
          maxUnavailable: 1,
          selector: { matchLabels: { 'app.kubernetes.io/component': 'primary' } },
        },
        'task-api-postgresql-read': {
          minAvailable: 1,
          selector: { matchLabels: { 'app.kubernetes.io/component': 'read' } },
        },
      },
    },
  },
];
