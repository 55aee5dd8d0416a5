import type { Mutation } from './mutation.ts';

export const wrongSelector: Mutation = {
  name: 'wrong-selector',
  title: 'The Service selects pods that do not exist',
  edits: [
    {
      file: 'templates/service.yaml',
      find: 'include "task-api.selectorLabels" $agent',
      replace: 'include "task-api.selectorLabels" (dict "component" "agents" "context" $)',
    },
  ],
  scenario: 'install',
  failure: /POST \/v1\/tasks ended with no answer/,
};
