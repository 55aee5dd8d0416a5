import type { Mutation } from './mutation.ts';

/** The node that is gone counts as one without agents, so that no other may have two. */
export const rigidSpread: Mutation = {
  name: 'rigid-spread',
  title: 'Agents wait for a node of their own rather than share one',
  edits: [
    {
      file: 'values.yaml',
      find: /(?<=topologyKey: kubernetes\.io\/hostname\n {4}maxSkew: 1\n {4}whenUnsatisfiable: )ScheduleAnyway/,
      replace: 'DoNotSchedule',
    },
  ],
  scenario: 'disruption-node',
  failure: /3 agents to be ready/,
};
