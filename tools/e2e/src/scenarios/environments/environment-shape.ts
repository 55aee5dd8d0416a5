import type { Resources, TierValues } from './expected-environment.ts';

/** A StatefulSet as it is compared: how many pods are ready, what each asks for, and the size of its volume. */
export interface DatabaseShape {
  readonly replicas: number;
  readonly resources: Resources;
  readonly volume: string;
}

/** How big an environment is, in the words in which the live one and the table of tiers are compared. */
export interface EnvironmentShape {
  readonly logLevel: string;
  readonly workers: string;
  readonly agent: Resources;
  /** Fewest and most pods of the agent. */
  readonly pods: readonly [fewest: number, most: number];
  readonly autoscaling: boolean;
  /** By the name of the StatefulSet, which tells the architecture. */
  readonly databases: Readonly<Record<string, DatabaseShape>>;
}

/** The shape that values ask for. */
export function shapeOf({
  config,
  replicaCount,
  autoscaling,
  resources,
  postgresql,
  redis,
}: TierValues): EnvironmentShape {
  const { enabled, minReplicas, maxReplicas } = autoscaling;
  return {
    logLevel: config.logLevel,
    workers: String(config.workers),
    agent: resources,
    pods: enabled ? [minReplicas, maxReplicas] : [replicaCount, replicaCount],
    autoscaling: enabled,
    databases: { ...postgresqlShape(postgresql), ...redisShape(redis) },
  };
}

type Databases = EnvironmentShape['databases'];

function postgresqlShape({ architecture, primary, readReplicas }: TierValues['postgresql']): Databases {
  if (architecture === 'standalone') return { 'task-api-postgresql': databaseShape(primary) };
  return {
    'task-api-postgresql-primary': databaseShape(primary),
    'task-api-postgresql-read': databaseShape(readReplicas),
  };
}

function redisShape({ architecture, master, replica }: TierValues['redis']): Databases {
  const alone = { 'task-api-redis-master': databaseShape(master) };
  return architecture === 'standalone' ? alone : { ...alone, 'task-api-redis-replicas': databaseShape(replica) };
}

function databaseShape({ replicaCount = 1, resources, persistence }: TierValues['redis']['replica']): DatabaseShape {
  return { replicas: replicaCount, resources, volume: persistence.size };
}
