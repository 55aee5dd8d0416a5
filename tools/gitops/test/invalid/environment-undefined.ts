import { environment, type InvalidInput, qa } from '../invalid-input.ts';

export const input: InvalidInput = {
  args: ['check', 'dev'],
  invalid: qa(environment().replace('export default', 'export const qa =')),
  valid: qa(environment()),
  exitCode: 2,
  message: 'environments/qa/environment.ts: environment.ts has no environment as its default export',
};
