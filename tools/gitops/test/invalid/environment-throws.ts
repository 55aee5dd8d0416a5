import { environment, type InvalidInput, qa } from '../invalid-input.ts';

export const input: InvalidInput = {
  args: ['check', 'dev'],
  invalid: qa(environment({ before: "if (1 + 1 === 2) throw new Error('no tier fits');" })),
  valid: qa(environment({ before: "if (1 + 1 === 3) throw new Error('no tier fits');" })),
  exitCode: 2,
  message: 'environments/qa/environment.ts:2: environment.ts throws when it is evaluated: no tier fits',
};
