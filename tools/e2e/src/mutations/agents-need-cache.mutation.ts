import type { Mutation } from './mutation.ts';

const askRedis =
  "require('node:net').connect(6379, 'task-api-redis-master').on('connect', () => process.exit(0)).on('error', () => process.exit(1))";

export const agentsNeedCache: Mutation = {
  name: 'agents-need-cache',
  title: 'Agents are ready only as long as Redis is',
  edits: [
    {
      file: 'values.yaml',
      find: 'readinessProbe:\n  ## @param readinessProbe.periodSeconds',
      replace: `readinessProbe:\n  exec:\n    command: [node, -e, "${askRedis}"]\n  ## @param readinessProbe.periodSeconds`,
    },
    // Redis is back within seconds.
    {
      file: 'values.yaml',
      find: '  failureThreshold: 2\n## @param podAnnotations',
      replace: '  failureThreshold: 1\n## @param podAnnotations',
    },
  ],
  scenario: 'disruption',
  failure: /the requests of uncached that failed/,
};
