import { environment, type InvalidInput, qa } from '../invalid-input.ts';

export const input: InvalidInput = {
  args: ['check', 'dev'],
  invalid: qa(environment({ tier: 'production' })),
  valid: qa(
    environment({ tier: 'prod', rest: "values: { credentials: { existingSecret: 'task-api-credentials' } }," }),
  ),
  exitCode: 2,
  message: 'environments/qa/environment.ts:4: tier is "production"; allowed is',
};
