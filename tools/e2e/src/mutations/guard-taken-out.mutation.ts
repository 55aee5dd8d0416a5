import type { Mutation } from './mutation.ts';

/** The API server refuses the change as well, but after the migration has run. */
export const guardTakenOut: Mutation = {
  name: 'guard-taken-out',
  title: 'The guard of volume sizes is not in the list',
  edits: [{ file: 'templates/validations.yaml', find: '\n  "volume-size-change"', replace: '' }],
  scenario: 'guards',
  failure: /what helm upgrade .* says as it fails: expected a text that matches/,
};
