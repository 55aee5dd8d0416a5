import { type ChartDefaults, parseChart } from '../src/chart-defaults.ts';
import { defineEnvironment, type EnvironmentInput } from '../src/define-environment.ts';
import type { Environment } from '../src/environment.ts';
import { parseRelease } from '../src/release.ts';
import type { Repository } from '../src/repository.ts';

export const repository: Repository = { url: 'https://git.example/task-api.git', defaultBranch: 'main' };

/** A chart with a handful of values and no opinion on others. */
export const smallChart: ChartDefaults = parseChart({
  chart: { file: 'charts/task-api/Chart.yaml', text: 'name: task-api\nappVersion: "1.0.0"\n' },
  values: {
    file: 'charts/task-api/values.yaml',
    text: `image:
  repository: task-api/agent
  tag: ""
replicaCount: 2
autoscaling:
  enabled: false
resources:
  requests:
    cpu: 250m
    memory: 512Mi
  limits:
    memory: 1Gi
`,
  },
  schema: { file: 'charts/task-api/values.schema.json', text: '{ "type": "object" }' },
  dependencies: {},
});

const environmentText = `import { defineEnvironment } from '@task-api/values';

export default defineEnvironment({
  tier: 'prod',
  values: {
    resources: { limits: { memory: '4Gi' } },
  },
});
`;

/** An environment of tier prod; `input` replaces what it says otherwise. */
export function createEnvironment(name: string, input: Partial<EnvironmentInput> = {}): Environment {
  const release = `chart: { revision: ${'a'.repeat(40)} }
image:
  repository: task-api/agent
  tag: 1.4.0
migrations: { head: none }
commits: []
`;
  return {
    name,
    input: defineEnvironment({
      ...standardInput,
      destination: { server: 'https://kubernetes.default.svc', namespace: `task-api-${name}` },
      ...input,
    }),
    release: parseRelease(release, `environments/${name}/release.yaml`),
    source: { file: `environments/${name}/environment.ts`, text: environmentText },
  };
}

const standardInput = {
  tier: 'prod',
  chart: 'pinned',
  sync: { automated: true, selfHeal: true },
  values: { resources: { limits: { memory: '4Gi' } } },
} as const;
