/** A machine that does much else starves a pod for a while; that is no reason to restart it. */
const patientLiveness = { timeoutSeconds: 15, failureThreshold: 20 };

/**
 * Of PostgreSQL and Redis, whose probes start programs in their containers: often until they are up, rarely from then
 * on, since each of them costs the scenarios beside it processor time.
 */
const sparingProbes = {
  startupProbe: { enabled: true, initialDelaySeconds: 2, periodSeconds: 2, timeoutSeconds: 10, failureThreshold: 120 },
  readinessProbe: { initialDelaySeconds: 0, periodSeconds: 20, timeoutSeconds: 10 },
  livenessProbe: { ...patientLiveness, initialDelaySeconds: 0, periodSeconds: 30 },
};

/**
 * Values of a release that comes up fast, takes a load and survives a busy machine: one Redis, probes that begin at
 * once and are patient, no rate limit, small requests. What the chart promises about rollouts (surge, drain,
 * migrations, how long PostgreSQL is waited for) keeps its defaults.
 */
export const quickValues = {
  config: { rateLimitPerMinute: 0 },
  minReadySeconds: 1,
  resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
  startupProbe: { periodSeconds: 1, timeoutSeconds: 10, failureThreshold: 120 },
  livenessProbe: patientLiveness,
  readinessProbe: { timeoutSeconds: 10 },
  migrations: { waitForDatabaseMs: 240_000 },
  postgresql: {
    primary: {
      ...sparingProbes,
      // More than an agent's: each of them waits for it.
      resources: { requests: { cpu: '200m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      persistence: { size: '1Gi' },
    },
  },
  redis: {
    architecture: 'standalone',
    master: {
      ...sparingProbes,
      resources: { requests: { cpu: '25m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      persistence: { size: '1Gi' },
    },
  },
} as const;
