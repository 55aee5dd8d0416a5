import type { Mutation } from './mutation.ts';

export const missingSecurityContext: Mutation = {
  name: 'missing-security-context',
  title: 'The test pod has no security context',
  edits: [
    {
      file: 'templates/tests/test-connection.yaml',
      find: /\n {6}securityContext:\n {8}\{\{- toYaml \.Values\.securityContext \| nindent 8 \}\}/,
      replace: '',
    },
  ],
  scenario: 'helm-test',
  failure: /violates PodSecurity "restricted/,
};
