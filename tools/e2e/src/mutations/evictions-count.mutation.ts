import type { Mutation } from './mutation.ts';

export const evictionsCount: Mutation = {
  name: 'evictions-count',
  title: 'A pod of the migration that a drain takes away counts as a try of it',
  edits: [
    {
      file: 'templates/hooks/pre-upgrade-migration.yaml',
      find: '      - action: Ignore',
      replace: '      - action: Count',
    },
  ],
  scenario: 'failing-migration',
  failure: /for another pod of the migration, in vain/,
};
