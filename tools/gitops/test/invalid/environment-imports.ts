import { environment, type InvalidInput, qa } from '../invalid-input.ts';

export const input: InvalidInput = {
  args: ['check', 'dev'],
  invalid: qa(environment({ before: "import { hostname } from 'node:os';" })),
  valid: qa(environment({ before: "import { tiers } from '@task-api/values';" })),
  exitCode: 2,
  message:
    'environments/qa/environment.ts:2: environment.ts imports node:os; allowed is @task-api/values and nothing else',
};
