import { describe, expect, it } from '@jest/globals';
import { annotationsOf, identityOf, podsOf } from '@task-api/manifests';
import { at } from './support/at.ts';
import { connectionOf } from './support/connection-of.ts';
import { everyFeature } from './support/every-feature.ts';
import { findObject, namesOf } from './support/find-object.ts';
import { renderOwn, renderRelease, type Values } from './support/task-api-chart.ts';

const longest = 'a-release-name-that-is-exactly-fifty-three-chars-long';

interface Expectation {
  readonly release: string;
  readonly architecture: 'standalone' | 'replication';
  readonly database: string;
  readonly redis: string;
}

const expectations: readonly Expectation[] = [
  { release: 'task-api', architecture: 'standalone', database: 'task-api-postgresql', redis: 'task-api-redis-master' },
  {
    release: 'task-api',
    architecture: 'replication',
    database: 'task-api-postgresql-primary',
    redis: 'task-api-redis-master',
  },
  {
    release: 'my-postgresql',
    architecture: 'standalone',
    database: 'my-postgresql',
    redis: 'my-postgresql-redis-master',
  },
  {
    release: 'my-postgresql',
    architecture: 'replication',
    database: 'my-postgresql-primary',
    redis: 'my-postgresql-redis-master',
  },
  { release: longest, architecture: 'standalone', database: `${longest}-postgresq`, redis: `${longest}-redis-master` },
  {
    release: longest,
    architecture: 'replication',
    database: `${longest}-postgresql-primary`.slice(0, 63),
    redis: `${longest}-redis-master`,
  },
];

describe.each(expectations)('release $release, $architecture', ({ release, architecture, database, redis }) => {
  const values = { postgresql: { architecture }, redis: { architecture } };
  const rendered = renderRelease(values, { release });

  it('connects to the Services that the dependencies create', async () => {
    const objects = await rendered;
    expect(connectionOf(objects)).toEqual({
      database: `postgresql://agent@${database}:5432/agent`,
      redis: `redis://${redis}:6379/0`,
    });
    expect(at(findObject(objects, 'Service', database), 'spec', 'ports', 0, 'port')).toBe(5432);
    expect(at(findObject(objects, 'Service', redis), 'spec', 'ports', 0, 'port')).toBe(6379);
  });

  it('reads every password from the credentials Secret', async () => {
    const readers = podsOf(await rendered).flatMap(({ spec }) => secretKeysOf(spec));
    expect(new Set(readers.map(({ name }) => name))).toEqual(new Set([`${release}-credentials`]));
    const replication = architecture === 'replication' ? ['replication-password'] : [];
    expect(new Set(readers.map(({ key }) => key))).toEqual(
      new Set(['password', 'postgres-password', 'redis-password', ...replication]),
    );
  });
});

describe('every feature at once', () => {
  it('gives no object the name of another', async () => {
    const identities = (await renderRelease(everyFeature)).map(({ object }) => identityOf(object));
    expect(new Set(identities).size).toBe(identities.length);
  });
});

const overrides: readonly (readonly [name: string, values: Values, database: string, redis: string])[] = [
  [
    'nameOverride',
    { postgresql: { nameOverride: 'store' }, redis: { nameOverride: 'cache' } },
    'task-api-store',
    'task-api-cache-master',
  ],
  [
    'a nameOverride that the release name contains',
    { postgresql: { nameOverride: 'api' } },
    'task-api',
    'task-api-redis-master',
  ],
  [
    'fullnameOverride',
    { postgresql: { fullnameOverride: 'store' }, redis: { fullnameOverride: 'cache' } },
    'store',
    'cache-master',
  ],
];

describe('overridden names of the dependencies', () => {
  it.each(overrides)('%s leads to the Services that they create', async (_name, values, database, redis) => {
    const withoutClash = { ...values, fullnameOverride: 'agent' };
    const objects = await renderRelease(withoutClash);
    expect(connectionOf(objects).database).toBe(`postgresql://agent@${database}:5432/agent`);
    expect(connectionOf(objects).redis).toBe(`redis://${redis}:6379/0`);
    expect(namesOf(objects, 'Service')).toEqual(expect.arrayContaining([database, redis]));
  });

  it('follows the ports of their Services', async () => {
    const values = {
      postgresql: { primary: { service: { ports: { postgresql: 5433 } } } },
      redis: { master: { service: { ports: { redis: 6380 } } } },
    };
    expect(connectionOf(await renderOwn(values))).toEqual({
      database: 'postgresql://agent@task-api-postgresql:5433/agent',
      redis: 'redis://task-api-redis-master:6380/0',
    });
  });
});

describe('names of the chart’s own objects', () => {
  it('stay within 63 characters and apart for releases that differ in the last character', async () => {
    const releases = [longest, `${longest.slice(0, -1)}h`];
    const renders = await Promise.all(releases.map((release) => renderOwn({}, { release })));
    const [one, other] = renders.map((objects) => objects.map(({ object }) => identityOf(object)));
    expect(one?.filter((identity) => other?.includes(identity))).toEqual([]);
    const names = renders.flat().map(({ object }) => at(object, 'metadata', 'name'));
    expect(names.filter((name) => String(name).length > 63 && !String(name).endsWith('-credentials'))).toEqual([]);
  });

  it('follow nameOverride and fullnameOverride', async () => {
    expect(namesOf(await renderOwn({ nameOverride: 'agent' }), 'Service')).toEqual(['task-api-agent']);
    expect(namesOf(await renderOwn({ fullnameOverride: 'agent' }), 'Service')).toEqual(['agent']);
  });

  it('carry the labels of the organisation and the common annotations', async () => {
    const values = { commonLabels: { 'cost-center': '42' }, commonAnnotations: { 'example.com/owner': 'me' } };
    for (const { object } of await renderOwn(values)) {
      expect(at(object, 'metadata', 'labels')).toMatchObject({ 'cost-center': '42', team: 'platform' });
      expect(annotationsOf(object)).toHaveProperty(['example.com/owner'], 'me');
    }
  });
});

interface SecretKey {
  readonly name: unknown;
  readonly key: unknown;
}

/** Every reference to a key of a Secret in a pod, as variable or as file, except to the URLs. */
function secretKeysOf(value: unknown): readonly SecretKey[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'secretKeyRef' in value ? [value.secretKeyRef as SecretKey] : []; // the shape that Kubernetes defines
  const projected = 'secret' in value ? projectedKeys(value.secret as ProjectedSecret) : []; // likewise
  return [...own, ...projected, ...Object.values(value).flatMap(secretKeysOf)];
}

interface ProjectedSecret {
  readonly name?: string;
  readonly items?: readonly { readonly key: string }[];
}

function projectedKeys({ name, items = [] }: ProjectedSecret): readonly SecretKey[] {
  return items.map(({ key }) => ({ name, key }));
}
