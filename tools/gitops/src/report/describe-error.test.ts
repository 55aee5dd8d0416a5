import { describe, expect, it } from '@jest/globals';
import picocolors from 'picocolors';
import { exitCodes } from '../exit-codes.ts';
import { GitopsError } from '../gitops-error.ts';
import { describeError, formatError } from './describe-error.ts';

const plain = { colors: picocolors.createColors(false), isVerbose: false };
const named = (name: string, message: string, facts: object = {}) =>
  Object.assign(new Error(message), { name, ...facts });

describe('describeError', () => {
  it.each([
    ['our own invalid input', new GitopsError('no-environments'), exitCodes.invalid],
    ['our own failure', new GitopsError('git-missing'), exitCodes.failed],
    ['a mistake in the values', named('ValuesError', 'tier is missing'), exitCodes.invalid],
    ['a failure of Helm', named('HelmError', 'Helm cannot render', { rule: 'render' }), exitCodes.failed],
    [
      'a wrong setting of Helm',
      named('HelmError', 'TASK_API_HELM_MAJOR is 5', { rule: 'helm-major' }),
      exitCodes.invalid,
    ],
    ['anything else, which is a bug', new TypeError('x is undefined'), exitCodes.bug],
  ])('gives its exit code to %s', (_, error, exitCode) => expect(describeError(error).exitCode).toBe(exitCode));

  it('takes the gravest of several errors and lists each', () => {
    const one = named('ValuesError', 'one', { rule: 'wrong-type', path: 'a', file: 'f', line: 3 });
    const several = new AggregateError([one, new GitopsError('git-missing')], '2 mistakes');
    expect(describeError(several)).toEqual({
      exitCode: exitCodes.failed,
      problems: [
        { rule: 'wrong-type', message: 'one', path: 'a', file: 'f', line: 3 },
        { rule: 'git-missing', message: expect.stringContaining('git was not found') },
      ],
    });
  });
});

describe('formatError', () => {
  it('prints the message of a known error without its stack', () => {
    expect(formatError(new GitopsError('no-environments'), plain)).toBe(
      'error: environments/ holds no environment; add environments/<name>/environment.ts\n',
    );
  });

  it('adds a cause that says more than the message', () => {
    expect(formatError(named('ValuesError', 'it throws: boo', { cause: new Error('boo') }), plain)).toBe(
      'error: it throws: boo\n',
    );
    expect(formatError(named('HelmError', 'download failed', { cause: new Error('no network') }), plain)).toBe(
      'error: download failed\n  cause: no network\n',
    );
  });

  it('calls an unexpected error a bug, keeps its cause and says how to see more', () => {
    expect(formatError(new Error('outer', { cause: new TypeError('inner') }), plain)).toBe(
      'error: this is a bug in gitops: outer\n  cause: inner\n  Run it again with --verbose and report what it prints.\n',
    );
  });

  it('shows the stack of every cause with --verbose', () => {
    const text = formatError(new Error('outer', { cause: new TypeError('inner') }), { ...plain, isVerbose: true });
    expect(text).toMatch(/Error: outer\n +at [\s\S]+caused by TypeError: inner\n +at /);
  });
});
