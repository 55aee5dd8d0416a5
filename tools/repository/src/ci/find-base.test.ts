import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findBase } from './find-base.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'find-base-'));
  git('init', '--quiet', '--initial-branch=main');
  commit('first');
});

afterEach(() => rmSync(root, { recursive: true }));

describe('findBase', () => {
  it('is what CI says, when that is a commit', () => {
    const first = git('rev-parse', 'HEAD');
    commit('second');
    commit('third');
    expect(findBase({ NX_BASE: first }, root)).toBe(first);
  });

  it('is where the branch left main', () => {
    const first = git('rev-parse', 'HEAD');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    commit('second');
    commit('third');
    expect(findBase({}, root)).toBe(first);
  });

  it('is the commit before on main itself, and when CI names one that is gone', () => {
    commit('second');
    expect(findBase({}, root)).toBe('HEAD~1');
    expect(findBase({ NX_BASE: '0'.repeat(40) }, root)).toBe('HEAD~1');
  });

  it('is nothing before the first commit', () => {
    expect(findBase({}, root)).toBeUndefined();
  });
});

function commit(message: string): void {
  git(
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@localhost',
    'commit',
    '--quiet',
    '--allow-empty',
    '--message',
    message,
  );
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}
