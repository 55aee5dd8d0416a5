import type { Mutation } from './mutation.ts';

export const databaseWithoutVolume: Mutation = {
  name: 'database-without-volume',
  title: 'The data of PostgreSQL goes with its pod',
  edits: [
    {
      file: 'values.yaml',
      find: /(?<=postgresql\.primary\.persistence\.enabled [^\n]*\n {6})enabled: true/,
      replace: 'enabled: false',
    },
    // The schema refuses it, as it should.
    {
      file: 'values.schema.json',
      find: /("then": \{\s+"properties": \{\s+"primary": \{\s+"properties": \{\s+"persistence": \{\s+"properties": \{\s+"enabled": \{)\s+"const": true/,
      replace:
        '"then": { "properties": { "primary": { "properties": { "persistence": { "properties": { "enabled": { "const": false',
    },
  ],
  scenario: 'uninstall',
  failure: /what is left of the release, by name and uid/,
};
