import { checkEqual, checkSucceeded } from '../../check.ts';
import { queryDatabase } from '../../world/query-database.ts';
import type { World } from '../../world/world.ts';
import type { TierValues } from './expected-environment.ts';

/** That replicas follow their primary, and are not merely there. */
export async function checkReplication(world: World, { postgresql, redis }: TierValues): Promise<void> {
  if (postgresql.architecture === 'replication')
    await checkPostgresql(world, postgresql.readReplicas.replicaCount ?? 0);
  if (redis.architecture === 'replication') await checkRedis(world, redis.replica.replicaCount ?? 0);
}

/** The agent's user sees that a replica is connected, and not how far it is. */
const streaming = 'select count(*) from pg_stat_replication';

async function checkPostgresql(world: World, replicas: number): Promise<void> {
  const pod = 'task-api-postgresql-primary-0';
  const count = await queryDatabase(world, streaming, { pod });
  checkEqual(Number(count), replicas, 'read replicas that PostgreSQL streams to');
}

/** The password comes from the pod's environment; a copy that replicates is listed as `slave0:…,state=online`. */
const askReplication = 'REDISCLI_AUTH="$REDIS_PASSWORD" redis-cli info replication';

async function checkRedis({ kubectl }: World, replicas: number): Promise<void> {
  const command = ['exec', 'task-api-redis-master-0', '--', 'sh', '-c', askReplication];
  const { stdout } = checkSucceeded(await kubectl(command));
  checkEqual(stdout.match(/state=online/g)?.length ?? 0, replicas, 'replicas that Redis streams to');
}
