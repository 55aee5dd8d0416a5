import { environment, type InvalidInput, qa, release } from '../invalid-input.ts';

export const input: InvalidInput = {
  args: ['check', 'dev'],
  invalid: qa(environment(), release().replace('image:', 'image')),
  valid: qa(environment()),
  exitCode: 2,
  message: 'environments/qa/release.yaml:',
};
