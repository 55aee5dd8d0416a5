import type { Mutation } from './mutation.ts';

/** The database is part of the release: a hook before the install waits for it in vain. */
export const migrationBeforeInstall: Mutation = {
  name: 'migration-before-install',
  title: 'The migration hook runs before the install',
  edits: [
    {
      file: 'templates/hooks/pre-upgrade-migration.yaml',
      find: '"post-install,pre-upgrade"',
      replace: '"pre-install,pre-upgrade"',
    },
    // So that the failure is not long in coming.
    { file: 'values.yaml', find: 'waitForDatabaseMs: 120000', replace: 'waitForDatabaseMs: 5000' },
    {
      file: 'values.yaml',
      find: /backoffLimit: 3\n(?= {2}## @param migrations\.activeDeadlineSeconds)/,
      replace: 'backoffLimit: 0\n',
    },
  ],
  scenario: 'install',
  failure: /failed pre-install/,
};
