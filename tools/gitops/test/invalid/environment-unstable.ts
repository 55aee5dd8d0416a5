import { environment, type InvalidInput, qa } from '../invalid-input.ts';

export const input: InvalidInput = {
  args: ['check', 'dev'],
  invalid: qa(environment({ rest: "values: { podAnnotations: { 'task-api/deployed': new Date().toISOString() } }," })),
  valid: qa(environment({ rest: "values: { podAnnotations: { 'task-api/deployed': new Date(0).toISOString() } }," })),
  exitCode: 2,
  message:
    'environments/qa/environment.ts:8: environment.ts gives another values.podAnnotations.task-api/deployed when it is evaluated again',
};
