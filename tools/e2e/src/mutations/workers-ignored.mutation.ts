import type { Mutation } from './mutation.ts';

export const workersIgnored: Mutation = {
  name: 'workers-ignored',
  title: 'The number of workers is the same in every environment',
  edits: [
    {
      file: 'templates/_config.tpl',
      find: 'WORKERS: {{ .Values.config.workers | int64 | quote }}',
      replace: 'WORKERS: "7"',
    },
  ],
  scenario: 'environments',
  failure: /how big dev is: .*workers: '7'/s,
};
