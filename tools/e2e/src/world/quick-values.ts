/** A first start on a machine that is busy with other scenarios must not be cut short, or it begins again and again. */
const patient = { initialDelaySeconds: 120 } as const;

/**
 * Values of a release that comes up fast and takes a load: one Redis, probes that begin at once, no rate limit, small
 * requests. What the chart promises about rollouts (surge, drain, migrations) keeps its defaults.
 */
export const quickValues = {
  config: { rateLimitPerMinute: 0 },
  minReadySeconds: 1,
  resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
  postgresql: {
    primary: {
      livenessProbe: patient,
      readinessProbe: { initialDelaySeconds: 1, periodSeconds: 2 },
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      persistence: { size: '1Gi' },
    },
  },
  redis: {
    architecture: 'standalone',
    master: {
      livenessProbe: patient,
      readinessProbe: { initialDelaySeconds: 1, periodSeconds: 2 },
      resources: { requests: { cpu: '25m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      persistence: { size: '1Gi' },
    },
  },
} as const;
