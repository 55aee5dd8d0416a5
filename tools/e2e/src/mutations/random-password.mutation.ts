import type { Mutation } from './mutation.ts';

/** What many charts do: a template makes up the passwords, at every render others. */
export const randomPassword: Mutation = {
  name: 'random-password',
  title: 'A template makes up the passwords',
  edits: [
    {
      file: 'templates/_connections.tpl',
      find: '{{- with index $credentials $name -}}',
      replace:
        '{{- with index $credentials $name | default (hasSuffix "assword" $name | ternary (randAlphaNum 20) "") -}}',
    },
    // The guard would ask for the passwords that nobody gives any more.
    { file: 'templates/validations.yaml', find: '  "credentials-complete"\n', replace: '' },
  ],
  scenario: 'credentials',
  failure: /the passwords after an upgrade: expected those of before/,
};
