import type { Mutation } from './mutation.ts';

export const missingBudget: Mutation = {
  name: 'missing-budget',
  title: 'There is no PodDisruptionBudget',
  edits: [
    { file: 'templates/poddisruptionbudget.yaml', find: '{{- if and $budget.enabled ', replace: '{{- if and false ' },
  ],
  scenario: 'disruption-drain',
  failure: /agents that were ready at the same time during the drain/,
};
