import { inspect, isDeepStrictEqual } from 'node:util';
import { E2eError } from './e2e-error.ts';
import type { CommandResult } from './run/run-program.ts';

/** Refuses unless the condition holds. `what` says what was looked at, `allowed` what it should have been. */
export function checkThat(
  isRight: unknown,
  what: string,
  facts: { readonly expected: string; readonly actual: unknown },
): asserts isRight {
  if (isRight) return;
  throw new E2eError('check', { what, allowed: facts.expected, value: show(facts.actual) });
}

/** Refuses unless both are deeply the same. */
export function checkEqual<Value>(actual: Value, expected: Value, what: string): void {
  checkThat(isDeepStrictEqual(actual, expected), what, { expected: show(expected), actual });
}

/** Refuses unless the text matches. */
export function checkMatches(text: string, pattern: RegExp, what: string): void {
  checkThat(pattern.test(text), what, { expected: `a text that matches ${pattern}`, actual: text });
}

/** Refuses if the text matches; the message shows the match and not the whole text. */
export function checkNoMatch(text: string, pattern: RegExp, what: string): void {
  const match = pattern.exec(text);
  checkThat(match === null, what, { expected: `no text that matches ${pattern}`, actual: match?.[0] });
}

/** Refuses when `first` did not happen before `second`; instants in milliseconds, or absent. */
export function checkBefore(
  first: { readonly what: string; readonly atMs: number | undefined },
  second: { readonly what: string; readonly atMs: number | undefined },
): void {
  const isBefore = first.atMs !== undefined && second.atMs !== undefined && first.atMs <= second.atMs;
  const actual = `${first.what} at ${showInstant(first.atMs)}, ${second.what} at ${showInstant(second.atMs)}`;
  checkThat(isBefore, 'the order of events', { expected: `${first.what} before ${second.what}`, actual });
}

/** Refuses unless the program ended with 0, and returns its result. */
export function checkSucceeded<Result extends CommandResult>(result: Result): Result {
  if (result.exitCode === 0) return result;
  throw new E2eError('command', { what: result.command, value: `code ${result.exitCode}`, detail: outputOf(result) });
}

/** Refuses unless the program failed and said what the pattern asks for, and returns its result. */
export function checkFailed<Result extends CommandResult>(result: Result, pattern: RegExp): Result {
  checkThat(result.exitCode !== 0, `${result.command}, which should have failed`, {
    expected: 'a code other than 0',
    actual: outputOf(result) || result.exitCode,
  });
  checkMatches(outputOf(result), pattern, `what ${result.command} says as it fails`);
  return result;
}

function outputOf({ stdout, stderr }: CommandResult): string {
  return `${stdout}${stderr}`.trim();
}

function showInstant(atMs: number | undefined): string {
  return atMs === undefined ? 'no time at all' : new Date(atMs).toISOString();
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value, { depth: 6, breakLength: 120 });
}
