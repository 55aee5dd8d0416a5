import { environment, type InvalidInput, qa } from '../invalid-input.ts';

export const input: InvalidInput = {
  args: ['check', 'dev'],
  invalid: qa(environment({ rest: "promotesFrom: 'development'," })),
  valid: qa(environment({ rest: "promotesFrom: 'dev'," })),
  exitCode: 2,
  message: 'environments/qa/environment.ts:8: promotesFrom is "development", which is not an environment; allowed is',
};
