import { describe, expect, it } from '@jest/globals';
import { npmCommand } from './install-dependencies.mjs';

describe('npmCommand', () => {
  it('is the npm that runs the script, in the Node it runs in', () => {
    const env = { npm_execpath: '/usr/lib/npm/bin/npm-cli.js', npm_node_execpath: '/usr/bin/node' };
    expect(npmCommand(env)).toEqual(['/usr/bin/node', '/usr/lib/npm/bin/npm-cli.js']);
  });

  it('is npm even when npx started the script', () => {
    const env = { npm_execpath: '/usr/lib/npm/bin/npx-cli.js', npm_node_execpath: '/usr/bin/node' };
    expect(npmCommand(env)).toEqual(['/usr/bin/node', '/usr/lib/npm/bin/npm-cli.js']);
  });

  it('is the npm on the PATH outside of a script', () => {
    expect(npmCommand({})).toEqual(['npm']);
  });

  it('refuses another package manager and says what to run', () => {
    expect(() => npmCommand({ npm_execpath: '/usr/lib/pnpm/bin/pnpm.cjs' })).toThrow(
      'This repository is installed by npm, not by pnpm. Run: npm start',
    );
  });
});
