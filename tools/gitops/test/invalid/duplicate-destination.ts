import { environment, type InvalidInput, qa } from '../invalid-input.ts';

export const input: InvalidInput = {
  args: ['check', 'dev'],
  invalid: qa(environment({ namespace: 'task-api-prod' })),
  valid: qa(environment({ namespace: 'task-api-prod-2' })),
  exitCode: 2,
  message: 'where environment prod already installs the release',
};
