import type { Mutation } from './mutation.ts';

export const credentialsNotKept: Mutation = {
  name: 'credentials-not-kept',
  title: 'An uninstall takes the Secret with the given passwords along',
  edits: [{ file: 'templates/secret.yaml', find: '"helm.sh/resource-policy" "keep" ', replace: '' }],
  scenario: 'uninstall',
  failure: /what is left of the release, by name and uid/,
};
