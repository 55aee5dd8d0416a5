import type { Mutation } from './mutation.ts';

export const recreatedPods: Mutation = {
  name: 'recreated-pods',
  title: 'All old pods go before the first new one comes',
  edits: [
    {
      file: 'values.yaml',
      find: /type: RollingUpdate\n {2}rollingUpdate:(?:\n {4}[^\n]*)+/,
      replace: 'type: Recreate',
    },
  ],
  scenario: 'expand-contract',
  failure: /a pod of the old release that is ready/,
};
