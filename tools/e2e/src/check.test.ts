import { describe, expect, it } from '@jest/globals';
import { checkBefore, checkEqual, checkFailed, checkMatches, checkNoMatch, checkSucceeded } from './check.ts';

const command = { command: 'helm upgrade', stdout: '', startedAtMs: 0, endedAtMs: 0 };
const failed = { ...command, exitCode: 1, stderr: 'Error: UPGRADE FAILED' };
const succeeded = { ...command, exitCode: 0, stderr: '' };

describe('checks', () => {
  it('say what was looked at, what was expected and what it is', () => {
    expect(() => checkEqual([1, 2], [1], 'the pods')).toThrow('the pods: expected [ 1 ], but it is [ 1, 2 ]');
    expect(() => checkEqual([1], [1], 'the pods')).not.toThrow();
  });

  it('look for a text that has to be there, and for one that must not', () => {
    expect(() => checkMatches('abc', /x/, 'the log')).toThrow(
      'the log: expected a text that matches /x/, but it is abc',
    );
    expect(() => checkMatches('abc', /b/, 'the log')).not.toThrow();
    expect(() => checkNoMatch('abc', /b/, 'the log')).toThrow(
      'the log: expected no text that matches /b/, but it is b',
    );
    expect(() => checkNoMatch('abc', /x/, 'the log')).not.toThrow();
  });

  it('refuse an order that is wrong, or of which one half is missing', () => {
    const migration = { what: 'migration', atMs: 1000 };
    expect(() => checkBefore(migration, { what: 'pod', atMs: 1000 })).not.toThrow();
    expect(() => checkBefore(migration, { what: 'pod', atMs: 999 })).toThrow('expected migration before pod');
    expect(() => checkBefore(migration, { what: 'pod', atMs: undefined })).toThrow('pod at no time at all');
  });

  it('take a command by its exit code, and a failing one by its words', () => {
    expect(() => checkSucceeded(failed)).toThrow('helm upgrade ended with code 1\nError: UPGRADE FAILED');
    expect(checkSucceeded(succeeded)).toBe(succeeded);
    expect(checkFailed(failed, /UPGRADE FAILED/)).toBe(failed);
    expect(() => checkFailed(failed, /timeout/)).toThrow('what helm upgrade says as it fails');
    expect(() => checkFailed(succeeded, /UPGRADE FAILED/)).toThrow('helm upgrade, which should have failed');
  });
});
