import { requiredSchemaVersion } from '../app-version.ts';
import { runRepository } from '../repositories/run-repository.ts';
import { schemaRepository } from '../repositories/schema-repository.ts';
import type { AppServices } from './app-services.ts';

/** Brings the gauges up to date that are read from elsewhere; an absent database is itself a value. */
export async function collectGauges(services: Pick<AppServices, 'database' | 'redis' | 'metrics'>): Promise<void> {
  const { database, redis, metrics } = services;
  const { total, idle, waiting } = database.usage();
  metrics.poolConnections.set({ state: 'idle' }, idle);
  metrics.poolConnections.set({ state: 'used' }, total - idle);
  metrics.poolConnections.set({ state: 'waiting' }, waiting);
  metrics.dependencyUp.set({ dependency: 'redis' }, redis.state === 'up' ? 1 : 0);
  metrics.schemaRequired.set(requiredSchemaVersion);
  metrics.dependencyUp.set({ dependency: 'postgresql' }, (await collectFromDatabase(services)) ? 1 : 0);
}

async function collectFromDatabase({ database, metrics }: Pick<AppServices, 'database' | 'metrics'>): Promise<boolean> {
  try {
    const [version, counts] = await Promise.all([
      schemaRepository.appliedVersion(database),
      runRepository.countUnfinished(database),
    ]);
    const queued = counts.find(({ status }) => status === 'queued');
    metrics.schemaVersion.set(version);
    metrics.runsQueued.set(queued?.count ?? 0);
    metrics.runQueueAge.set(queued?.oldest_seconds ?? 0);
    return true;
  } catch {
    return false;
  }
}
