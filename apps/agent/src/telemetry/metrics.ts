import { agentContract } from '@task-api/contract';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Tally } from './tally.ts';

const requestSeconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const longSeconds = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** Each reading of the event loop wakes the process: at the library's 10 ms that was half of what an idle one takes. */
const eventLoopPrecisionMs = 50;

export type Metrics = ReturnType<typeof createMetrics>;

/** What a person on call asks for. Label values come from closed sets, never from a request. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: eventLoopPrecisionMs });
  return {
    registry,
    ...httpMetrics(registry),
    ...runMetrics(registry),
    ...modelMetrics(registry),
    ...dependencyMetrics(registry),
  };
}

function httpMetrics(registry: Registry) {
  const registers = [registry];
  return {
    httpRequests: new Counter({ ...promised('task_api_http_requests_total'), registers }),
    httpDuration: new Histogram({
      ...promised('task_api_http_request_duration_seconds'),
      buckets: requestSeconds,
      registers,
    }),
    openStreams: new Gauge({ name: 'task_api_open_streams', help: 'Event streams that are open.', registers }),
    rateLimited: new Counter({
      name: 'task_api_rate_limited_total',
      help: 'Requests refused by the rate limit.',
      registers,
    }),
    idempotentReplays: new Counter({
      name: 'task_api_idempotent_replays_total',
      help: 'Repeated requests answered from the first answer.',
      registers,
    }),
  };
}

function runMetrics(registry: Registry) {
  const registers = [registry];
  return {
    runsFinished: new Counter({ ...promised('task_api_runs_total'), registers }),
    runDuration: new Histogram({ ...promised('task_api_run_duration_seconds'), buckets: longSeconds, registers }),
    runQueueWait: new Histogram({
      name: 'task_api_run_queue_wait_seconds',
      help: 'Seconds a run waited for a worker.',
      buckets: longSeconds,
      registers,
    }),
    runsQueued: new Gauge({ ...promised('task_api_runs_queued'), registers }),
    runQueueAge: new Gauge({
      name: 'task_api_run_queue_age_seconds',
      help: 'Age of the oldest run that waits for a worker.',
      registers,
    }),
    runsActive: new Gauge({ ...promised('task_api_runs_active'), registers }),
    leaseRecoveries: new Counter({
      name: 'task_api_lease_recoveries_total',
      help: 'Runs taken over from a process that had gone silent.',
      registers,
    }),
    leasesLost: new Counter({
      name: 'task_api_leases_lost_total',
      help: 'Runs that another process took over from this one.',
      registers,
    }),
    runsRequeued: new Counter({
      name: 'task_api_runs_requeued_total',
      help: 'Runs handed back at shutdown or after a database failure.',
      registers,
    }),
    toolCalls: new Counter({
      name: 'task_api_tool_calls_total',
      help: 'Tool calls by result.',
      labelNames: ['tool', 'outcome'],
      registers,
    }),
  };
}

function modelMetrics(registry: Registry) {
  const registers = [registry];
  return {
    cacheRequests: new Tally({ ...promised('task_api_cache_requests_total'), registers }),
    inferences: new Tally({
      name: 'task_api_inferences_total',
      help: 'Inferences by where the answer came from.',
      labelNames: ['outcome'],
      registers,
    }),
    modelCalls: new Counter({ ...promised('task_api_model_requests_total'), registers }),
    modelRetries: new Counter({
      name: 'task_api_model_retries_total',
      help: 'Calls of the model that were repeated.',
      registers,
    }),
    modelDuration: new Histogram({
      ...promised('task_api_model_request_duration_seconds'),
      buckets: longSeconds,
      registers,
    }),
    modelFirstPart: new Histogram({
      name: 'task_api_model_first_part_seconds',
      help: 'Seconds until the model began to answer.',
      buckets: longSeconds,
      registers,
    }),
    modelTokens: new Counter({
      name: 'task_api_model_tokens_total',
      help: 'Tokens the model reported.',
      labelNames: ['direction'],
      registers,
    }),
    modelBreakerOpen: new Gauge({
      name: 'task_api_model_breaker_open',
      help: '1 while the model endpoint is given a pause.',
      registers,
    }),
  };
}

function dependencyMetrics(registry: Registry) {
  const registers = [registry];
  return {
    poolConnections: new Gauge({ ...promised('task_api_database_pool_connections'), registers }),
    dependencyUp: new Gauge({ ...promised('task_api_dependency_up'), registers }),
    redisErrors: new Counter({ name: 'task_api_redis_errors_total', help: 'Calls of Redis that failed.', registers }),
    traceExports: new Counter({
      name: 'task_api_trace_exports_total',
      help: 'Batches of spans by whether the collector took them.',
      labelNames: ['outcome'],
      registers,
    }),
    schemaVersion: new Gauge({ ...promised('task_api_schema_version'), registers }),
    schemaRequired: new Gauge({ ...promised('task_api_schema_required'), registers }),
  };
}

/** Name, labels and help of a metric that alerts and dashboards rely on. */
function promised<Name extends keyof typeof agentContract.metrics>(name: Name) {
  const { labels, meaning } = agentContract.metrics[name];
  return { name, help: meaning, labelNames: labels };
}
