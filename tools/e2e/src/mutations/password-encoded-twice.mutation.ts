import type { Mutation } from './mutation.ts';

/** Everything works: server and client read the same wrong password. Whoever gave it cannot log in. */
export const passwordEncodedTwice: Mutation = {
  name: 'password-encoded-twice',
  title: 'Passwords that are given are encoded twice',
  edits: [{ file: 'templates/_connections.tpl', find: '(. | b64enc)', replace: '(. | b64enc | b64enc)' }],
  scenario: 'install-without-wait',
  failure: /the password in the Secret/,
};
