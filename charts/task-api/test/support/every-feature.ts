import type { Values } from './task-api-chart.ts';

/** Values that switch on everything that can be on at the same time. */
export const everyFeature: Values = {
  replicaCount: 3,
  autoscaling: { enabled: true, targetMemoryUtilizationPercentage: 80 },
  model: { provider: 'openai-compatible', baseUrl: 'https://models.example.com/v1', apiKey: { enabled: true, existingSecret: 'model' } },
  auth: { mode: 'api-key', existingSecret: 'keys' },
  config: { tracing: { otlpEndpoint: 'http://collector.tracing:4318' } },
  ingress: { enabled: true, className: 'nginx', hosts: [{ host: 'agent.example.com' }], tls: [{ hosts: ['agent.example.com'], secretName: 'tls' }] },
  httpRoute: { enabled: true, parentRefs: [{ name: 'public' }], hostnames: ['agent.example.com'] },
  metrics: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true }, dashboard: { enabled: true } },
  tests: { argocd: { postSync: true } },
  networkPolicy: { ingressFrom: [{ namespaceSelector: {} }] },
  podAnnotations: { 'example.com/team': 'platform' },
  commonAnnotations: { 'example.com/owner': 'platform' },
  extraEnv: [{ name: 'HTTPS_PROXY', value: 'http://proxy:3128' }],
  extraObjects: ['apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "{{ .Release.Name }}-extra" }\n'],
  postgresql: { architecture: 'replication' },
  redis: { architecture: 'replication' },
};
