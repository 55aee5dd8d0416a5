import { join } from 'node:path';
import { checkEqual, checkSucceeded } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import { patientValues } from '../world/patient-values.ts';
import type { World } from '../world/world.ts';

/** A password that would break a URL which held it unescaped. */
const databasePassword = 'p@ss/w?rd#1%';
const cachePassword = 'c@che:1';

export const installExternalDatabase: Scenario = {
  name: 'install-external-database',
  title: 'A release without databases of its own uses PostgreSQL and Redis of another namespace',
  helm: [4],
  deadlineMs: 400_000,
  async run(world) {
    const elsewhere = await world.openNamespace('database');
    await world.step('PostgreSQL and Redis run elsewhere', () => startDatabases(elsewhere));
    await world.step('their passwords are in a Secret', () => world.objects.apply(passwords));
    const values = [patientValues, externalValues(elsewhere.namespace)];
    checkSucceeded(await world.step('helm install', () => world.helm.install({ values })));
    checkEqual(await world.objects.list('StatefulSet'), [], 'the databases of the release itself');
    await world.step('a task is created', () => world.agent.createTask('book the venue'));
    checkSucceeded(await world.step('helm test', () => world.helm.test()));
  },
};

const passwords = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'external' },
  stringData: { database: databasePassword, cache: cachePassword },
};

async function startDatabases({ helm, chart }: World): Promise<void> {
  const chartOf = (name: string) => join(chart.directory, 'charts', name);
  const { postgresql, redis } = chart.databases;
  const database = {
    existingSecret: '',
    username: 'agent',
    database: 'agent',
    password: databasePassword,
    postgresPassword: 'admin',
  };
  const cache = { existingSecret: '', password: cachePassword };
  const results = await Promise.all([
    helm.run([
      'install',
      'database',
      chartOf('postgresql'),
      '--wait',
      ...(await helm.valuesFlags([postgresql, patientValues.postgresql, { auth: database }])),
    ]),
    helm.run([
      'install',
      'cache',
      chartOf('redis'),
      '--wait',
      ...(await helm.valuesFlags([redis, patientValues.redis, { auth: cache }])),
    ]),
  ]);
  for (const result of results) checkSucceeded(result);
}

function externalValues(namespace: string): object {
  return {
    postgresql: { enabled: false },
    redis: { enabled: false },
    externalDatabase: {
      host: `database-postgresql.${namespace}.svc`,
      sslMode: 'disable',
      existingSecret: 'external',
      existingSecretPasswordKey: 'database',
    },
    externalRedis: {
      host: `cache-redis-master.${namespace}.svc`,
      existingSecret: 'external',
      existingSecretPasswordKey: 'cache',
    },
  };
}
