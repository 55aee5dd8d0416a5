import type { Mutation } from './mutation.ts';

/** Helm prints the log once; who comes later finds nothing. */
export const migrationLogLost: Mutation = {
  name: 'migration-log-lost',
  title: 'The migration Job goes with its log when it has failed',
  edits: [
    {
      file: 'templates/hooks/pre-upgrade-migration.yaml',
      find: '"helm.sh/hook-delete-policy" .Values.migrations.hookDeletePolicy',
      replace: '"helm.sh/hook-delete-policy" "before-hook-creation,hook-succeeded,hook-failed"',
    },
  ],
  scenario: 'failing-migration',
  failure: /the log of the migration Job/,
};
