import type { Mutation } from './mutation.ts';

export const testLogLost: Mutation = {
  name: 'test-log-lost',
  title: 'The test pod goes before anybody can read what it says',
  edits: [
    {
      file: 'templates/tests/test-connection.yaml',
      find: '"helm.sh/hook-delete-policy" "before-hook-creation"',
      replace: '"helm.sh/hook-delete-policy" "before-hook-creation,hook-succeeded"',
    },
  ],
  scenario: 'chart-readme',
  failure: /helm test/,
};
