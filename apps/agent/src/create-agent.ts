import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { AnswerStore } from './cache/answer-store.ts';
import { InferenceService } from './cache/inference.ts';
import type { Config } from './config/parse-config.ts';
import { openDatabase } from './database/database.ts';
import { Housekeeping } from './housekeeping.ts';
import { openApiKeys } from './http/api-keys.ts';
import type { AppServices } from './http/app-services.ts';
import { buildApp } from './http/build-app.ts';
import { Readiness } from './http/readiness.ts';
import { isError } from './is-error.ts';
import { createModelCaller } from './models/call-model.ts';
import { createModel } from './models/create-model.ts';
import type { ChatModel } from './models/language-model.ts';
import { openRedisStore, type RedisStore } from './redis/redis-store.ts';
import { RunSignals } from './runs/run-signals.ts';
import { RunWorker } from './runs/run-worker.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';
import { noTracing, type Tracing } from './telemetry/tracing.ts';
import type { ExportOutcome } from './telemetry/watched-exporter.ts';
import { readOnlyTools } from './tools/task-tools.ts';

export interface Agent {
  readonly app: FastifyInstance;
  readonly services: AppServices;
  /** Serves HTTP on this address and executes runs. */
  start(host: string): Promise<void>;
  /** Ends in the order that loses nothing; see {@link drainAgent}. */
  stop(): Promise<void>;
}

export interface AgentOptions {
  readonly config: Config;
  readonly log: Logger;
  /** @default the model that the configuration names */
  readonly model?: ChatModel;
}

/** Puts the process together; nothing listens and nothing is leased before `start`. */
export async function createAgent({ config, log, model }: AgentOptions): Promise<Agent> {
  const parts = await openParts({ config, log, ...(model && { model }) });
  const app = await buildApp(parts.services);
  app.addHook('preClose', async () => parts.streams.abort());
  let stopped: Promise<void> | undefined;
  return {
    app,
    services: parts.services,
    start: async (host) => {
      await parts.services.redis.ready(500);
      await app.listen({ port: config.port, host });
      parts.worker.start();
      parts.housekeeping.start();
    },
    stop: () => {
      stopped ??= drainAgent(app, parts);
      return stopped;
    },
  };
}

interface AgentParts {
  readonly services: AppServices;
  readonly worker: RunWorker;
  readonly housekeeping: Housekeeping;
  /** Ends the open event streams. */
  readonly streams: AbortController;
}

/**
 * The order matters: first readiness fails while requests are still served, because load balancers learn of it
 * late; then runs in flight end or go back to the queue; streams end with an event that clients can act on;
 * PostgreSQL goes last, as everything before it still writes.
 */
async function drainAgent(
  app: FastifyInstance,
  { services, worker, housekeeping, streams }: AgentParts,
): Promise<void> {
  const { config, readiness, database, redis, tracing, log } = services;
  log.info({ delayMs: config.drain.delayMs, runs: worker.busy }, 'draining');
  readiness.startDraining();
  const leasingStopped = worker.stopLeasing();
  await new Promise((resolve) => setTimeout(resolve, config.drain.delayMs));
  await leasingStopped;
  await worker.drain(config.drain.runBudgetMs);
  streams.abort();
  await closeWithin(app, config.drain.closeDeadlineMs);
  await housekeeping.stop();
  await tracing.close();
  await redis.close();
  await database.close();
  log.info('stopped');
}

async function closeWithin(app: FastifyInstance, deadlineMs: number): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), deadlineMs);
  await app.close();
  clearTimeout(timer);
}

async function openParts({ config, log, model = createModel(config.model) }: AgentOptions): Promise<AgentParts> {
  const metrics = createMetrics();
  // A container that restarts keeps its name; leases must not outlive the process that took them.
  const owner = `${config.podName}/${randomUUID().slice(0, 8)}`;
  const database = openDatabase({
    ...config.database,
    onIdleError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
  });
  const redis = openRedis(config, log, metrics);
  const tracing = await openTracing(config, { owner, log, metrics });
  const signals = new RunSignals(redis);
  const inference = createInference({ config, log, model }, { metrics, redis, tracing });
  const streams = new AbortController();
  const readiness = new Readiness(database);
  const services = {
    config,
    log,
    database,
    redis,
    metrics,
    tracing,
    inference,
    signals,
    readiness,
    apiKeys: openApiKeys(config.auth, log),
    shutdown: streams.signal,
  };
  const worker = new RunWorker({
    ...services,
    owner,
    concurrency: config.workers,
    leaseMs: config.leaseMs,
    now: () => new Date(),
  });
  return { services, worker, housekeeping: new Housekeeping({ database, log, owner }), streams };
}

function openRedis(config: Config, log: Logger, metrics: Metrics): RedisStore {
  return openRedisStore({
    connection: config.redis,
    onStateChange: (state) =>
      log.warn(
        { redis: state === 'open' ? 'down' : 'up' },
        state === 'open' ? 'Redis does not answer: serving without it' : 'Redis answers again',
      ),
    onError: () => metrics.redisErrors.inc(),
  });
}

async function openTracing(
  { otlpEndpoint }: Config,
  { owner, log, metrics }: { readonly owner: string; readonly log: Logger; readonly metrics: Metrics },
): Promise<Tracing> {
  if (otlpEndpoint === undefined) return noTracing;
  const { createOtlpTracing } = await import('./telemetry/otlp-tracing.ts');
  let last: ExportOutcome = 'success';
  return createOtlpTracing({
    endpoint: otlpEndpoint,
    instanceId: owner,
    onExport: (outcome) => {
      metrics.traceExports.inc({ outcome });
      if (outcome === last) return;
      last = outcome;
      log.warn(
        { traces: outcome },
        outcome === 'error'
          ? 'the trace collector does not take spans: dropping them'
          : 'the trace collector answers again',
      );
    },
  });
}

interface InferenceParts {
  readonly metrics: Metrics;
  readonly redis: RedisStore;
  readonly tracing: Tracing;
}

function createInference(
  { config, log, model }: Required<AgentOptions>,
  { metrics, redis, tracing }: InferenceParts,
): InferenceService {
  const callModel = createModelCaller({
    model,
    timeoutMs: config.model.timeoutMs,
    maxAttempts: 3,
    metrics,
    tracing,
    onFailure: ({ code, message, cause }) =>
      log.warn({ code, reason: isError(cause) ? cause.message : undefined }, message),
    onBreakerChange: (state) => {
      metrics.modelBreakerOpen.set(state === 'open' ? 1 : 0);
      log.warn(
        { breaker: state },
        state === 'open' ? 'the model endpoint keeps failing: pausing' : 'the model endpoint answers again',
      );
    },
  });
  const store = config.cache.isEnabled ? new AnswerStore(redis, config.cache.ttlSeconds) : undefined;
  return new InferenceService({
    provider: model.provider,
    model: model.modelId,
    callModel,
    store,
    readOnlyTools,
    metrics,
  });
}
