import { describe, expect, it } from '@jest/globals';
import { annotationsOf, type Json, type KubernetesObject } from '@task-api/manifests';
import { at, listAt } from './support/at.ts';
import { findObject, namesOf } from './support/find-object.ts';
import { chart, manifestOf, renderOwn, type Values } from './support/task-api-chart.ts';

const defaults = renderOwn();
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('Deployment', () => {
  it('replaces pods one by one without losing capacity', async () => {
    const deployment = await deploymentOf({});
    expect(at(deployment, 'spec', 'strategy')).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    });
    expect(at(deployment, 'spec', 'replicas')).toBe(2);
  });

  it('has production resources by default', async () => {
    expect(at(agentOf(await deploymentOf({})), 'resources')).toEqual({
      requests: { cpu: '250m', memory: '512Mi' },
      limits: { memory: '1Gi' },
    });
  });

  it('gives pods the time that draining takes', async () => {
    const deployment = await deploymentOf({});
    const config = at(findObject(await defaults, 'ConfigMap', 'task-api-config'), 'data');
    const milliseconds = ['DRAIN_DELAY_MS', 'RUN_DRAIN_BUDGET_MS', 'CLOSE_DEADLINE_MS'].map((key) =>
      Number(at(config, key)),
    );
    const seconds = milliseconds.reduce((sum, each) => sum + each, 0) / 1000 + 5;
    expect(at(deployment, 'spec', 'template', 'spec', 'terminationGracePeriodSeconds')).toBeGreaterThanOrEqual(seconds);
  });

  it('keeps serving longer than readiness takes to fail', async () => {
    const probe = at(agentOf(await deploymentOf({})), 'readinessProbe');
    const noticedAfter = Number(at(probe, 'periodSeconds')) * Number(at(probe, 'failureThreshold')) * 1000;
    expect(
      Number(at(findObject(await defaults, 'ConfigMap', 'task-api-config'), 'data', 'DRAIN_DELAY_MS')),
    ).toBeGreaterThan(noticedAfter);
  });

  it('probes liveness and readiness on the paths of the agent', async () => {
    const agent = agentOf(await deploymentOf({}));
    expect(at(agent, 'livenessProbe', 'httpGet')).toEqual({ path: '/healthz', port: 'http' });
    expect(at(agent, 'readinessProbe', 'httpGet')).toEqual({ path: '/readyz', port: 'http' });
  });

  it('takes another handler, and null for none', async () => {
    const values = { livenessProbe: { exec: { command: ['true'] } }, startupProbe: null };
    const agent = agentOf(await deploymentOf(values));
    expect(at(agent, 'livenessProbe')).toMatchObject({ exec: { command: ['true'] } });
    expect(at(agent, 'livenessProbe', 'httpGet')).toBeUndefined();
    expect(at(agent, 'startupProbe')).toBeUndefined();
  });

  it('mounts both Secrets as files that only the pod’s group reads', async () => {
    const deployment = await deploymentOf({});
    const volumes = listAt(deployment, 'spec', 'template', 'spec', 'volumes');
    expect(volumes[0]).toEqual({
      name: 'connection',
      secret: { secretName: 'task-api-connection', defaultMode: 0o440 },
    });
    expect(at(volumes[1], 'projected', 'defaultMode')).toBe(0o440);
    const mounted = listAt(volumes[1], 'projected', 'sources').flatMap((source) => listAt(source, 'secret', 'items'));
    expect(mounted.map((item) => at(item, 'path'))).toEqual(['password', 'redis-password']);
  });

  it('leaves the number of replicas to the autoscaler', async () => {
    const objects = await renderOwn({ autoscaling: { enabled: true } });
    expect(at(findObject(objects, 'Deployment', 'task-api'), 'spec', 'replicas')).toBeUndefined();
    expect(at(findObject(objects, 'HorizontalPodAutoscaler', 'task-api'), 'spec', 'metrics')).toHaveLength(1);
  });
});

describe('checksum annotations', () => {
  it('change with the configuration and with the connection, each on its own', async () => {
    const [before, config, connection, release] = await Promise.all([
      checksumsOf({}),
      checksumsOf({ config: { logLevel: 'debug' } }),
      checksumsOf({ postgresql: { auth: { database: 'other' } } }),
      checksumsOf({ service: { port: 9000 } }),
    ]);
    expect(config['checksum/config']).not.toBe(before['checksum/config']);
    expect(config['checksum/connection']).toBe(before['checksum/connection']);
    expect(connection['checksum/connection']).not.toBe(before['checksum/connection']);
    expect(connection['checksum/config']).toBe(before['checksum/config']);
    expect(release).toEqual(before);
  });
});

describe('image', () => {
  const images: readonly (readonly [name: string, values: Values, agent: string, migration: string])[] = [
    ['the appVersion by default', {}, 'task-api/agent:0.1.0', 'task-api/agent:0.1.0'],
    ['a digest before a tag', { image: { tag: '2', digest } }, `task-api/agent@${digest}`, `task-api/agent@${digest}`],
    [
      'the global registry before its own',
      { global: { imageRegistry: 'mirror:5000' }, image: { registry: 'own' } },
      'mirror:5000/task-api/agent:0.1.0',
      'mirror:5000/task-api/agent:0.1.0',
    ],
    [
      'a migration image of its own',
      { image: { digest }, migrations: { image: { repository: 'migrate', tag: '3' } } },
      `task-api/agent@${digest}`,
      'migrate:3',
    ],
  ];

  it.each(images)('takes %s', async (_name, values, agent, migration) => {
    const deployment = await deploymentOf(values);
    expect(at(agentOf(deployment), 'image')).toBe(agent);
    expect(at(deployment, 'spec', 'template', 'spec', 'initContainers', 0, 'image')).toBe(migration);
  });

  it('is pulled with the global Secrets and with those of the chart, as names or as maps', async () => {
    const values = { global: { imagePullSecrets: ['a'] }, imagePullSecrets: ['b', { name: 'c' }] };
    expect(at(await deploymentOf(values), 'spec', 'template', 'spec', 'imagePullSecrets')).toEqual([
      { name: 'a' },
      { name: 'b' },
      { name: 'c' },
    ]);
  });
});

describe('extensions', () => {
  it('replace variables of the chart by name, never twice', async () => {
    const extraEnv = [
      { name: 'POD_NAME', value: 'fixed' },
      { name: 'HTTPS_PROXY', value: 'http://proxy:3128' },
    ];
    const agent = agentOf(await deploymentOf({ extraEnv }));
    const env = listAt(agent, 'env');
    expect(env.filter((variable) => at(variable, 'name') === 'POD_NAME')).toEqual([
      { name: 'POD_NAME', value: 'fixed' },
    ]);
    expect(env).toContainEqual({ name: 'HTTPS_PROXY', value: 'http://proxy:3128' });
    const names = env.map((variable) => at(variable, 'name'));
    expect(new Set(names).size).toBe(names.length);
  });

  it('reach the migration through values of its own, in the Job and in the init container', async () => {
    const objects = await renderOwn({
      migrations: {
        extraEnv: [{ name: 'DATABASE_URL', value: 'postgresql://direct:5432/agent' }],
        volumes: [{ name: 'ca', configMap: { name: 'ca' } }],
        volumeMounts: [{ name: 'ca', mountPath: '/ca' }],
      },
    });
    for (const [kind, name] of [
      ['Job', 'task-api-migrate'],
      ['Deployment', 'task-api'],
    ] as const) {
      const pod = at(findObject(objects, kind, name), 'spec', 'template', 'spec');
      const migrate = listAt(pod, 'initContainers')[0] ?? listAt(pod, 'containers')[0];
      expect(listAt(migrate, 'env')).toContainEqual({ name: 'DATABASE_URL', value: 'postgresql://direct:5432/agent' });
      expect(listAt(pod, 'volumes')).toContainEqual({ name: 'ca', configMap: { name: 'ca' } });
    }
  });

  it('evaluate further objects as templates, written as map or as text', async () => {
    const objects = await renderOwn({
      extraObjects: [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '{{ include "task-api.fullname" . }}-map' } },
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-text\n',
      ],
    });
    expect(namesOf(objects, 'ConfigMap')).toEqual(expect.arrayContaining(['task-api-map', 'task-api-text']));
  });
});

describe('routes', () => {
  it('send everything below / to the Service when no path is given', async () => {
    const objects = await renderOwn({ ingress: { enabled: true, hosts: [{ host: 'agent.example.com' }] } });
    expect(at(findObject(objects, 'Ingress', 'task-api'), 'spec', 'rules', 0, 'http', 'paths')).toEqual([
      { path: '/', pathType: 'Prefix', backend: { service: { name: 'task-api', port: { name: 'http' } } } },
    ]);
  });

  it('give every rule of an HTTPRoute the Service as backend, unless it names another', async () => {
    const rules = [{ timeouts: { request: '0s' } }, { backendRefs: [{ name: 'other', port: 80 }] }];
    const objects = await renderOwn({ httpRoute: { enabled: true, parentRefs: [{ name: 'public' }], rules } });
    expect(at(findObject(objects, 'HTTPRoute', 'task-api'), 'spec', 'rules')).toEqual([
      { timeouts: { request: '0s' }, backendRefs: [{ name: 'task-api', port: 8000 }] },
      { backendRefs: [{ name: 'other', port: 80 }] },
    ]);
  });
});

describe('PodDisruptionBudget', () => {
  it('is left out while only one pod can run, since it would block every drain', async () => {
    expect(namesOf(await renderOwn({ replicaCount: 1 }), 'PodDisruptionBudget')).toEqual([]);
    expect(namesOf(await renderOwn({ replicaCount: 2 }), 'PodDisruptionBudget')).toEqual(['task-api']);
  });
});

describe('OpenShift', () => {
  it('may choose user and groups when they are null', async () => {
    const values = { podSecurityContext: { runAsUser: null, runAsGroup: null, fsGroup: null } };
    expect(at(await deploymentOf(values), 'spec', 'template', 'spec', 'securityContext')).toEqual({
      runAsNonRoot: true,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });
});

describe('the rendered text', () => {
  it('has no trailing spaces, tabs or empty values', async () => {
    const manifest = await manifestOf(chart, {});
    const own = manifest.split('\n---\n').filter((text) => text.includes('# Source: task-api/templates/'));
    const ugly = own
      .flatMap((text) => text.split('\n'))
      .filter((line) => /[ \t]$|\t|: null$|<no value>|<nil>|%!/.test(line));
    expect(ugly).toEqual([]);
  });
});

async function deploymentOf(values: Values): Promise<KubernetesObject> {
  return findObject(await renderOwn(values), 'Deployment', 'task-api');
}

function agentOf(deployment: KubernetesObject): Json | undefined {
  return at(deployment, 'spec', 'template', 'spec', 'containers', 0);
}

async function checksumsOf(values: Values): Promise<Readonly<Record<string, string>>> {
  const template = at(await deploymentOf(values), 'spec', 'template');
  return annotationsOf({ apiVersion: 'v1', kind: 'Pod', ...(template as object) }); // a pod template has the metadata of a pod
}
