import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const checkout = join(import.meta.dirname, '../../..');
let clone: string;

beforeAll(() => {
  clone = realpathSync(mkdtempSync(join(tmpdir(), 'git-hooks-')));
  execFileSync('git', ['clone', '--quiet', '--no-local', '--depth=1', `file://${checkout}`, clone]);
  symlinkSync(join(checkout, 'node_modules'), join(clone, 'node_modules'));
  const { scripts } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8'));
  execFileSync('sh', ['-c', scripts.hooks], { cwd: clone });
});

afterAll(() => rmSync(clone, { recursive: true }));

describe('the hooks that npm run hooks switches on', () => {
  it('let a formatted change with a proper message through', () => {
    expect(commit('export const a = 1;\n', 'feat(values): a file for this test')).toMatchObject({ status: 0 });
  });

  it('stop a change that is not formatted', () => {
    expect(commit('export const a   = 1\n', 'feat(values): a file for this test')).toMatchObject({
      status: 1,
      output: expect.stringContaining('Formatter would have printed'),
    });
  });

  it('stop a message whose scope is no project, and list the projects', () => {
    expect(commit('export const b = 1;\n', 'feat(nothing): a file for this test')).toMatchObject({
      status: 1,
      output: expect.stringMatching(/scope must be one of \[.*chart-task-api.*env-dev.*values.*\]/),
    });
  });
});

function commit(text: string, message: string) {
  const file = 'libs/values/src/of-this-test.ts';
  writeFileSync(join(clone, file), text);
  execFileSync('git', ['add', file], { cwd: clone });
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];
  const { status, stdout, stderr } = spawnSync('git', [...identity, 'commit', '-m', message], {
    cwd: clone,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}
