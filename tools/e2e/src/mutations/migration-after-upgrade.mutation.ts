import type { Mutation } from './mutation.ts';

/** The init container hides it: everything works, and the order is wrong. */
export const migrationAfterUpgrade: Mutation = {
  name: 'migration-after-upgrade',
  title: 'The migration hook runs after the Deployment has changed',
  edits: [
    {
      file: 'templates/hooks/pre-upgrade-migration.yaml',
      find: '"post-install,pre-upgrade"',
      replace: '"post-install,post-upgrade"',
    },
  ],
  scenario: 'upgrade',
  failure: /the end of the migration of config 1 at .* the first new pod at/,
};
