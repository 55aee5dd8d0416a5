import type { Colors } from 'picocolors/types.js';
import { type ExitCode, exitCodes } from '../exit-codes.ts';

/** One mistake as `--json` shows it. */
export interface Problem {
  readonly rule: string;
  readonly message: string;
  readonly path?: string;
  readonly file?: string;
  readonly line?: number;
}

interface ErrorDescription {
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];
}

/** What the errors of this repository's packages have beside their message; which of it differs. */
interface KnownError extends Error {
  readonly rule?: string;
  readonly kind?: 'invalid' | 'failed';
  readonly path?: string;
  readonly file?: string;
  readonly line?: number;
}

/** By name, so that describing an error loads no package. Anything else is a bug. */
const exitCodeOfError: Readonly<Record<string, (error: KnownError) => ExitCode>> = {
  GitopsError: ({ kind }) => exitCodes[kind ?? 'failed'],
  ValuesError: () => exitCodes.invalid,
  HelmError: ({ rule = '' }) => (settingsOfHelm.has(rule) ? exitCodes.invalid : exitCodes.failed),
  ManifestsError: () => exitCodes.failed,
  LocalStackError: () => exitCodes.failed,
};

/** Rules about what the user set, as opposed to what did not work. */
const settingsOfHelm: ReadonlySet<string> = new Set(['helm-major', 'helm-version', 'lane']);

export function describeError(error: unknown): ErrorDescription {
  const errors = flatten(error);
  return { exitCode: Math.max(...errors.map(exitCodeOf)) as ExitCode, problems: errors.map(problemOf) }; // the largest of exit codes
}

/** The message for a person; the stack too when it is asked for. */
export function formatError(
  error: unknown,
  { colors, isVerbose }: { readonly colors: Colors; readonly isVerbose: boolean },
): string {
  const lines = flatten(error).flatMap((one) => [
    `${colors.red('error:')} ${isBug(one) ? `this is a bug in gitops: ${one.message}` : one.message}`,
    ...causesOf(one).map((cause) => `  cause: ${cause.message}`),
    ...(isVerbose ? [stackOf(one)] : []),
  ]);
  const hint =
    flatten(error).some(isBug) && !isVerbose ? ['  Run it again with --verbose and report what it prints.'] : [];
  return `${[...lines, ...hint].join('\n')}\n`;
}

function flatten(error: unknown): readonly KnownError[] {
  if (error instanceof AggregateError) return error.errors.flatMap(flatten);
  return [isError(error) ? error : new Error(String(error))];
}

function exitCodeOf(error: KnownError): ExitCode {
  return exitCodeOfError[error.name]?.(error) ?? exitCodes.bug;
}

function isBug(error: KnownError): boolean {
  return exitCodeOf(error) === exitCodes.bug;
}

function problemOf(error: KnownError): Problem {
  const { rule = isBug(error) ? 'bug' : error.name, message, path, file, line } = error;
  return { rule, message, ...(path && { path }), ...(file && { file }), ...(line && { line }) };
}

/** A cause whose message is part of the error's own message says nothing new. */
function causesOf(error: Error): readonly Error[] {
  const { cause } = error;
  if (!isError(cause)) return [];
  const [summary = ''] = cause.message.split(',');
  return [...(error.message.includes(summary) ? [] : [cause]), ...causesOf(cause)];
}

function stackOf({ stack = '', cause }: Error): string {
  return isError(cause) ? `${stack}\n  caused by ${stackOf(cause)}` : stack;
}

/** Also true for errors of another realm, for which `instanceof` is not. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}
