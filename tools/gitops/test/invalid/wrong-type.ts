import { environment, type InvalidInput, qa } from '../invalid-input.ts';

export const input: InvalidInput = {
  args: ['check', 'dev'],
  invalid: qa(environment({ rest: "values: { replicaCount: '2' as never }," })),
  valid: qa(environment({ rest: 'values: { replicaCount: 2 },' })),
  exitCode: 2,
  message: 'environments/qa/environment.ts:8: replicaCount is "2"; allowed is',
};
