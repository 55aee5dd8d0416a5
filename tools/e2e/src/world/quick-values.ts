/** A machine that does much else starves a pod for a while; that is no reason to restart it. */
const patientLiveness = { timeoutSeconds: 15, failureThreshold: 20 };
const quickReadiness = { initialDelaySeconds: 3, periodSeconds: 3, timeoutSeconds: 10 };

/**
 * Values of a release that comes up fast, takes a load and survives a busy machine: one Redis, probes that begin at
 * once and are patient, no rate limit, small requests. What the chart promises about rollouts (surge, drain,
 * migrations) keeps its defaults. For scenarios that have the cluster for themselves.
 */
export const aloneValues = {
  config: { rateLimitPerMinute: 0 },
  minReadySeconds: 1,
  resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
  startupProbe: { timeoutSeconds: 10, failureThreshold: 60 },
  livenessProbe: patientLiveness,
  readinessProbe: { timeoutSeconds: 10 },
  migrations: { waitForDatabaseMs: 240_000 },
  postgresql: {
    primary: {
      livenessProbe: patientLiveness,
      readinessProbe: quickReadiness,
      // More than an agent's: each of them waits for it.
      resources: { requests: { cpu: '200m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      persistence: { size: '1Gi' },
    },
  },
  redis: {
    architecture: 'standalone',
    master: {
      livenessProbe: patientLiveness,
      readinessProbe: quickReadiness,
      resources: { requests: { cpu: '25m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      persistence: { size: '1Gi' },
    },
  },
} as const;

/** The same for scenarios that share the cluster: PostgreSQL may answer late there, for no fault of the chart. */
export const quickValues = { ...aloneValues, config: { ...aloneValues.config, databaseTimeoutMs: 20_000 } } as const;
