import { describe, expect, it } from '@jest/globals';
import { explainFailure } from './explain-failure.mjs';

const failed = (output: string) => explainFailure({ code: 1, signal: null, output });

describe('explainFailure', () => {
  it.each([
    ['npm error code EAI_AGAIN', 'registry-unreachable', 'no network'],
    ['npm error code ENOTCACHED', 'registry-unreachable', 'Connect once'],
    ['npm error code EUSAGE', 'lock-out-of-date', 'Run npm install and commit package-lock.json'],
    ['npm error code ENOSPC', 'disk-full', 'the disk is full'],
    ['npm error code EACCES', 'not-writable', 'Check who owns the checkout'],
    ['npm error code E418', 'install-failed', 'npm error code E418'],
  ])('of %s says %s', (output, rule, words) => {
    expect(failed(output)).toMatchObject({ rule, exitCode: 3, message: expect.stringContaining(words) });
  });

  it('keeps the last lines that npm printed', () => {
    const output = Array.from({ length: 30 }, (_, line) => `npm error line ${line}`).join('\n');
    expect(failed(output).message).toContain('npm error line 29');
    expect(failed(output).message).not.toContain('npm error line 9\n');
  });

  it('tells an interruption from a failure', () => {
    expect(explainFailure({ code: null, signal: 'SIGINT', output: '' })).toMatchObject({
      rule: 'interrupted',
      exitCode: 130,
    });
  });
});
