import type { Mutation } from './mutation.ts';

export const containerRenamed: Mutation = {
  name: 'container-renamed',
  title: 'The container has another name than the runbooks call it by',
  edits: [{ file: 'templates/deployment.yaml', find: '- name: agent\n', replace: '- name: server\n' }],
  scenario: 'runbooks',
  failure: /container agent is not valid/,
};
