import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { commit, sampleCheckout } from '../test/support/sample-checkout.ts';
import { temporaryDirectory } from '../test/support/temporary-directory.ts';
import { writeFiles } from '../test/support/write-files.ts';
import { chartSource } from './chart-source.ts';

const root = sampleCheckout();
const env = { ...process.env, XDG_CACHE_HOME: temporaryDirectory() };
const greetingIn = (directory: string) => readFileSync(join(directory, 'task-api/values.yaml'), 'utf8');

let first: string;
beforeAll(() => {
  writeFiles(root, { 'charts/task-api/values.yaml': 'greeting: first\n' });
  first = commit(root);
  writeFiles(root, { 'charts/task-api/values.yaml': 'greeting: second\n', 'README.md': '# other\n' });
  commit(root);
  writeFiles(root, { 'charts/task-api/values.yaml': 'greeting: uncommitted\n' });
});

describe('chartSource', () => {
  it('reads the working tree where it lies', async () => {
    const { directory, revision } = await chartSource({ root, env });
    expect({ directory, revision }).toEqual({ directory: join(root, 'charts'), revision: 'working-tree' });
  });

  it('exports charts/ as it was at a commit, and nothing else', async () => {
    const { directory, revision } = await chartSource({ root, revision: first, env });
    expect({ greeting: greetingIn(directory), revision }).toEqual({ greeting: 'greeting: first\n', revision: first });
    expect(existsSync(join(directory, 'mirror/store/Chart.yaml'))).toBe(true);
    expect(directory.startsWith(root)).toBe(false);
  });

  it('resolves what git can resolve to the commit', async () => {
    expect((await chartSource({ root, revision: 'HEAD~1', env })).revision).toBe(first);
    expect((await chartSource({ root, revision: first.slice(0, 8), env })).revision).toBe(first);
  });

  it('exports once what two commits have in common', async () => {
    const before = await chartSource({ root, revision: 'HEAD', env });
    writeFiles(root, { 'README.md': '# third\n', 'charts/task-api/values.yaml': 'greeting: second\n' });
    commit(root);
    expect((await chartSource({ root, revision: 'HEAD', env })).directory).toBe(before.directory);
  });

  it.each(['0123456789012345678901234567890123456789', 'no-such-branch', '--help', ''])(
    'refuses the revision "%s", which git does not have',
    async (revision) => {
      await expect(chartSource({ root, revision, env })).rejects.toThrow(
        `chart.revision is "${revision}", which git does not have with a charts/ folder; pin a commit of this repository`,
      );
    },
  );

  it('refuses a commit without charts', async () => {
    const empty = temporaryDirectory();
    await expect(chartSource({ root: empty, revision: 'HEAD', env })).rejects.toThrow('not a git repository');
  });

  it('looks at its own checkout even inside a git hook of another', async () => {
    const hook = { ...env, GIT_DIR: '/nowhere/.git', GIT_INDEX_FILE: '/nowhere/index' };
    expect((await chartSource({ root, revision: first, env: hook })).revision).toBe(first);
  });
});
