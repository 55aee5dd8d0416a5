import type { EnvironmentValues, Tier } from './define-environment.ts';
import type { GeneratedFile } from './source-text.ts';
import { writeYaml } from './write-yaml.ts';
import { bannerFrom } from './yaml-text.ts';

/** One value of the table: dev, staging, prod; `undefined` leaves it to the chart. */
interface Row<T> {
  readonly ofTier: readonly [dev: T | undefined, staging: T | undefined, prod: T | undefined];
}

type Table<T> = { readonly [Key in keyof T]?: Row<NonNullable<T[Key]>> | Table<NonNullable<T[Key]>> };

const row = <T>(dev: T | undefined, staging: T | undefined, prod: T | undefined): Row<T> => ({
  ofTier: [dev, staging, prod],
});

// What a volume of each size holds. A StatefulSet's volumes cannot grow on a live release without a person's help.
const [small, medium, large] = ['2Gi', '20Gi', '100Gi'];
const [smallCache, mediumCache, largeCache] = ['1Gi', '4Gi', '8Gi'];

/**
 * How big each tier is: the one place that says so. Columns: dev, staging, prod.
 * Pods times databasePoolMax stay below PostgreSQL's 100 connections, also with all that autoscaling may add.
 */
export const tierTable: Table<EnvironmentValues> = {
  config: {
    logLevel: row('debug', 'info', 'warn'),
    workers: row(1, 2, 4),
  },
  replicaCount: row(1, 2, 3),
  autoscaling: {
    enabled: row(false, true, true),
    minReplicas: row(undefined, 2, 3),
    maxReplicas: row(undefined, 4, 8),
  },
  resources: {
    requests: { cpu: row('100m', '250m', '500m'), memory: row('256Mi', '512Mi', '1Gi') },
    limits: { memory: row('512Mi', '1Gi', '2Gi') },
  },
  postgresql: {
    architecture: row('standalone', 'replication', 'replication'),
    primary: {
      resources: {
        requests: { cpu: row('100m', '250m', '500m'), memory: row('256Mi', '512Mi', '1Gi') },
        limits: { memory: row('512Mi', '1Gi', '2Gi') },
      },
      persistence: { size: row(small, medium, large) },
    },
    readReplicas: {
      replicaCount: row(undefined, 1, 2),
      resources: {
        requests: { cpu: row(undefined, '250m', '500m'), memory: row(undefined, '512Mi', '1Gi') },
        limits: { memory: row(undefined, '1Gi', '2Gi') },
      },
      persistence: { size: row(undefined, medium, large) },
    },
  },
  redis: {
    architecture: row('standalone', 'replication', 'replication'),
    master: {
      resources: {
        requests: { cpu: row('50m', '100m', '250m'), memory: row('256Mi', '256Mi', '512Mi') },
        limits: { memory: row('384Mi', '384Mi', '768Mi') },
      },
      persistence: { size: row(smallCache, mediumCache, largeCache) },
    },
    replica: {
      replicaCount: row(undefined, 1, 2),
      resources: {
        requests: { cpu: row(undefined, '100m', '250m'), memory: row(undefined, '256Mi', '512Mi') },
        limits: { memory: row(undefined, '384Mi', '768Mi') },
      },
      persistence: { size: row(undefined, mediumCache, largeCache) },
    },
  },
};

/** What each tier sets over the chart's defaults. */
export const tiers: Readonly<Record<Tier, EnvironmentValues>> = {
  dev: columnOf(0),
  staging: columnOf(1),
  prod: columnOf(2),
};

/** `charts/task-api/values-<tier>.yaml`: the tier for those who install the chart by hand. */
export function buildTierValues(tier: Tier): GeneratedFile {
  return {
    path: `charts/task-api/values-${tier}.yaml`,
    text: bannerFrom('libs/values/src/tiers.ts') + writeYaml(tiers[tier]),
  };
}

type Column = 0 | 1 | 2;

function columnOf(column: Column): EnvironmentValues {
  return pick(tierTable, column) as EnvironmentValues; // the table is typed by it, key by key
}

function pick(table: object, column: Column): object {
  const entries = Object.entries(table).map(
    ([key, value]) => [key, 'ofTier' in value ? value.ofTier[column] : pick(value, column)] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
