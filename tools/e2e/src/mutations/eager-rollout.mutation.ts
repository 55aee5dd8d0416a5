import type { Mutation } from './mutation.ts';

/** A rollout that works looks no different: the pod that went is missed when the new one does not come up. */
export const eagerRollout: Mutation = {
  name: 'eager-rollout',
  title: 'An old pod goes before its successor is ready',
  edits: [
    { file: 'values.yaml', find: 'maxUnavailable: 0', replace: 'maxUnavailable: 1' },
    { file: 'values.yaml', find: 'maxSurge: 1', replace: 'maxSurge: 0' },
  ],
  scenario: 'rollback',
  failure: /the pods that serve after the refused rollback/,
};
