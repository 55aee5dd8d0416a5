import { environment, type InvalidInput, qa } from '../invalid-input.ts';

export const input: InvalidInput = {
  args: ['check', 'dev'],
  invalid: { 'environments/qa/environment.ts': environment() },
  valid: qa(environment()),
  exitCode: 2,
  message: 'environments/qa/release.yaml does not exist',
};
