/**
 * What can go wrong before anything of the repository runs. Messages say what to do next.
 *
 * @typedef {{ detail?: string, value?: string }} Facts
 * @type {Readonly<Record<string, (facts: Facts) => string>>}
 */
const messages = {
  'node-too-old': ({ value }) =>
    `Node ${value} is too old to install the dependencies; install Node 20 or newer and run the command again.`,
  'node-24-missing': ({ value }) =>
    `This repository runs on Node 24. npm brings it along on Linux x64; on this machine (${value}) put Node 24 or newer on the PATH and run the command again.`,
  'npm-missing': () => 'npm was not found. It comes with Node: install Node 20 or newer and run the command again.',
  'not-npm': ({ value }) => `This repository is installed by npm, not by ${value}. Run: npm start`,
  'lock-out-of-date': () =>
    'package-lock.json does not fit package.json. Run npm install and commit package-lock.json with it.',
  'registry-unreachable': ({ detail }) =>
    `The dependencies could not be downloaded: no network, or the npm registry does not answer, and npm's cache does not hold them all.\nConnect once and run the command again; after that it works without network.\n${detail}`,
  'disk-full': ({ detail }) => `The dependencies need about 500 MB, and the disk is full.\n${detail}`,
  'not-writable': ({ detail }) => `node_modules cannot be written. Check who owns the checkout.\n${detail}`,
  'install-failed': ({ detail }) => `npm ci failed:\n${detail}`,
  interrupted: () => 'Interrupted while dependencies were installed. Run the command again: it starts over.',
};

/** A failure that its message explains; a stack would not help. */
export class BootstrapError extends Error {
  /**
   * @param {string} rule
   * @param {Facts} [facts]
   */
  constructor(rule, facts = {}) {
    super(messages[rule]?.(facts) ?? rule);
    this.name = 'BootstrapError';
    this.rule = rule;
    this.exitCode = rule === 'interrupted' ? 130 : 3;
  }
}
