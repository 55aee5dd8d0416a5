import { environment, type InvalidInput, qa, release } from '../invalid-input.ts';

export const input: InvalidInput = {
  args: ['check', 'dev'],
  invalid: qa(environment(), release({ revision: 'deadbeef'.repeat(5) })),
  valid: qa(environment()),
  exitCode: 2,
  message: `environments/qa/release.yaml:2: chart.revision is "${'deadbeef'.repeat(5)}", a commit that git does not have`,
};
