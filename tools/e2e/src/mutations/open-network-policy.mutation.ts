import type { Mutation } from './mutation.ts';

export const openNetworkPolicy: Mutation = {
  name: 'open-network-policy',
  title: 'The databases let every pod in',
  edits: [
    {
      file: 'templates/_networkpolicy.tpl',
      find: '    from:\n      {{- range .clients }}',
      replace: '    from:\n      - namespaceSelector: {}\n      {{- range .clients }}',
    },
  ],
  scenario: 'network-policy',
  failure: /who reaches whom: .*pod\/stranger → task-api-postgresql\S+:5432 open/s,
};
