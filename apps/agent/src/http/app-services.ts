import type { Logger } from 'pino';
import type { InferenceService } from '../cache/inference.ts';
import type { Config } from '../config/parse-config.ts';
import type { Database } from '../database/database.ts';
import type { RedisStore } from '../redis/redis-store.ts';
import type { RunSignals } from '../runs/run-signals.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Readiness } from './readiness.ts';

/** What the application works with. */
export interface AppServices {
  readonly config: Config;
  readonly log: Logger;
  readonly database: Database;
  readonly redis: RedisStore;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly inference: InferenceService;
  readonly signals: RunSignals;
  readonly readiness: Readiness;
  readonly apiKeys: ApiKeys;
  /** Aborted when open streams must end. */
  readonly shutdown: AbortSignal;
}
