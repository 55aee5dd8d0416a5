import type { Mutation } from './mutation.ts';

export const migrationRenamed: Mutation = {
  name: 'migration-renamed',
  title: 'The container that migrates has another name than the README calls it by',
  edits: [
    { file: 'templates/_pods.tpl', find: 'name: migrate\nimage:', replace: 'name: migration\nimage:' },
    {
      file: 'templates/hooks/pre-upgrade-migration.yaml',
      find: 'containerName: migrate',
      replace: 'containerName: migration',
    },
  ],
  scenario: 'chart-readme',
  failure: /container migrate is not valid/,
};
