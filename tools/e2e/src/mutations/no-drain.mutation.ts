import type { Mutation } from './mutation.ts';

/** The pod closes at once, while kube-proxy still sends it connections. */
export const noDrain: Mutation = {
  name: 'no-drain',
  title: 'Pods close as soon as they are told to end',
  edits: [{ file: 'values.yaml', find: 'delayMs: 5000', replace: 'delayMs: 0' }],
  scenario: 'upgrade',
  failure: /the requests of load that failed/,
};
