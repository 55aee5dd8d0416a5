import { describe, expect, it } from '@jest/globals';
import { annotationsOf, identityOf, type RenderedObject } from '@task-api/manifests';
import { at, listAt } from './support/at.ts';
import { connectionOf } from './support/connection-of.ts';
import { findObject, namesOf } from './support/find-object.ts';
import { renderOwn } from './support/task-api-chart.ts';

const given = { postgresAdminPassword: 'admin', databasePassword: 'p@ss/word?', redisPassword: 'redis' };

describe('generated credentials', () => {
  const objects = renderOwn();

  it('come from a hook that may create Secrets and neither read nor change any', async () => {
    expect(at(findObject(await objects, 'Role', 'task-api-credentials-init'), 'rules')).toEqual([
      { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    ]);
    expect(at(findObject(await objects, 'RoleBinding', 'task-api-credentials-init'), 'subjects')).toEqual([
      { kind: 'ServiceAccount', name: 'task-api-credentials-init', namespace: 'agents' },
    ]);
  });

  it('have their rights and their network policy before the Job, and leave nothing behind', async () => {
    const hooks = (await objects).filter(({ source }) => source.template.endsWith('credentials-init.yaml'));
    expect(hooks.map(({ object }) => `${object.kind} ${annotationsOf(object)['helm.sh/hook-weight']}`).sort()).toEqual([
      'Job -10',
      'NetworkPolicy -20',
      'Role -20',
      'RoleBinding -20',
      'ServiceAccount -20',
    ]);
    for (const { object } of hooks) {
      expect(annotationsOf(object)).toMatchObject({
        'helm.sh/hook': 'pre-install,pre-upgrade',
        'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
      });
    }
  });

  it('are asked for by name and namespace', async () => {
    const container = at(
      findObject(await objects, 'Job', 'task-api-credentials-init'),
      'spec',
      'template',
      'spec',
      'containers',
      0,
    );
    expect(at(container, 'args')).toEqual(['init-credentials']);
    expect(listAt(container, 'env')).toEqual(
      expect.arrayContaining([
        { name: 'CREDENTIALS_SECRET_NAME', value: 'task-api-credentials' },
        { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      ]),
    );
  });

  it('are in no Secret of the release', async () => {
    expect(namesOf(await objects, 'Secret')).toEqual(['task-api-connection']);
  });
});

describe('given credentials', () => {
  const objects = renderOwn({ credentials: given });

  it('are rendered into a Secret that survives an uninstall', async () => {
    const secret = findObject(await objects, 'Secret', 'task-api-credentials');
    expect(annotationsOf(secret)).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      'argocd.argoproj.io/sync-wave': '-3',
      'helm.sh/resource-policy': 'keep',
    });
    expect(at(secret, 'data')).toEqual({
      'postgres-password': btoa('admin'),
      password: btoa('p@ss/word?'),
      'redis-password': btoa('redis'),
    });
  });

  it('need no hook', async () => {
    expect(hooksOf(await objects)).toEqual([]);
  });

  it('stay out of the connection URLs, the ConfigMap and every variable', async () => {
    const others = (await objects).filter(
      ({ object }) => identityOf(object) !== 'v1 Secret agents/task-api-credentials',
    );
    const text = JSON.stringify(others.map(({ object }) => object));
    for (const password of Object.values(given)) expect(text).not.toContain(btoa(password));
    expect(text).not.toContain('p@ss/word?');
    expect(connectionOf(await objects).database).toBe('postgresql://agent@task-api-postgresql:5432/agent');
  });
});

describe('existing credentials', () => {
  it('are only named', async () => {
    const objects = await renderOwn({ credentials: { existingSecret: 'task-api-credentials' } });
    expect(namesOf(objects, 'Secret')).toEqual(['task-api-connection']);
    expect(hooksOf(objects)).toEqual([]);
  });
});

describe('external databases', () => {
  const external = {
    postgresql: { enabled: false },
    redis: { enabled: false },
    externalDatabase: {
      host: 'db.example.com',
      port: 6432,
      user: 'tasks',
      database: 'tasks',
      existingSecret: 'db',
      existingSecretPasswordKey: 'pw',
    },
    externalRedis: {
      host: 'cache.example.com',
      user: 'agent',
      database: 3,
      tls: true,
      existingSecret: 'cache',
      existingSecretPasswordKey: 'pw',
    },
  };

  it('are connected to as they are described', async () => {
    expect(connectionOf(await renderOwn(external))).toEqual({
      database: 'postgresql://tasks@db.example.com:6432/tasks?sslmode=require',
      redis: 'rediss://agent@cache.example.com:6379/3',
    });
  });

  it('have their passwords mounted under the names that the agent expects', async () => {
    const objects = await renderOwn(external);
    const sources = at(
      findObject(objects, 'Deployment', 'task-api'),
      'spec',
      'template',
      'spec',
      'volumes',
      1,
      'projected',
      'sources',
    );
    expect(sources).toEqual([
      { secret: { name: 'db', items: [{ key: 'pw', path: 'password' }] } },
      { secret: { name: 'cache', items: [{ key: 'pw', path: 'redis-password' }] } },
    ]);
    expect(hooksOf(objects)).toEqual([]);
  });

  it('may do without Redis', async () => {
    const objects = await renderOwn({ redis: { enabled: false }, config: { cache: { enabled: false } } });
    expect(connectionOf(objects).redis).toBe('');
    expect(JSON.stringify(objects.map(({ object }) => object))).not.toMatch(/REDIS_(URL|PASSWORD)/);
  });

  it('may do without a password of Redis', async () => {
    const open = { ...external, externalRedis: { host: 'cache.example.com', authenticated: false } };
    const objects = await renderOwn(open);
    expect(connectionOf(objects).redis).toBe('redis://cache.example.com:6379/0');
    expect(JSON.stringify(objects.map(({ object }) => object))).not.toContain('REDIS_PASSWORD_FILE');
  });
});

function hooksOf(objects: readonly RenderedObject[]): readonly string[] {
  return objects
    .filter(({ source }) => source.template.endsWith('credentials-init.yaml'))
    .map(({ object }) => object.kind);
}
