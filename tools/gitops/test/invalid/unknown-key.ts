import { environment, type InvalidInput, qa } from '../invalid-input.ts';

export const input: InvalidInput = {
  args: ['check', 'dev'],
  invalid: qa(
    environment({ rest: "values: { postgresql: { primary: { persistance: { size: '30Gi' } } } } as never," }),
  ),
  valid: qa(environment({ rest: "values: { postgresql: { primary: { persistence: { size: '30Gi' } } } }," })),
  exitCode: 2,
  message:
    'environments/qa/environment.ts:8: postgresql.primary.persistance is not a known key; did you mean postgresql.primary.persistence?',
};
