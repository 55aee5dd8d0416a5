import type { Mutation } from './mutation.ts';

export const needlessCredentials: Mutation = {
  name: 'needless-credentials',
  title: 'The hook that makes passwords runs although somebody else provides them',
  edits: [
    {
      file: 'templates/hooks/credentials-init.yaml',
      find: '{{- if include "task-api.credentials.toMake" . }}',
      replace: '{{- if true }}',
    },
  ],
  scenario: 'install-existing-secret',
  failure: /Jobs that make credentials/,
};
