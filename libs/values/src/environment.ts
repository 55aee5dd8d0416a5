import { type EnvironmentInput, isDefinedEnvironment } from './define-environment.ts';
import { validateInput } from './environment-input-schema.ts';
import { allowedImport, forbiddenImport } from './forbidden-import.ts';
import type { Value } from './merge-values.ts';
import { parseRelease, type Release } from './release.ts';
import { schemaProblems } from './schema-problems.ts';
import type { SourceText } from './source-text.ts';
import { throwMistakes } from './throw-mistakes.ts';
import { typescriptLines } from './typescript-lines.ts';
import { childrenOf, formatPath, type ValuePath, valueAt } from './value-path.ts';
import { ValuesError } from './values-error.ts';

/** One environment, read and checked on its own. */
export interface Environment {
  /** The name of its directory below `environments/`. */
  readonly name: string;
  readonly input: EnvironmentInput;
  readonly release: Release;
  /** Its environment.ts, for positions in messages. */
  readonly source: SourceText;
}

/** What has to be read from disk to know an environment. */
export interface EnvironmentFiles {
  readonly name: string;
  /** environment.ts. */
  readonly source: SourceText;
  /** release.yaml; undefined when there is none. */
  readonly release: SourceText | undefined;
  /** Evaluates environment.ts afresh at every call and gives its default export. */
  readonly evaluate: () => Promise<unknown>;
}

/**
 * Reads one environment: environment.ts may import nothing but this package, has to give the same data
 * twice, and release.yaml has to be well-formed. {@link checkFleet} checks what it says.
 *
 * @throws ValuesError with file and, where it is known, line; AggregateError of several
 */
export async function loadEnvironment({ name, source, release, evaluate }: EnvironmentFiles): Promise<Environment> {
  checkName(name);
  checkImports(source);
  const input = await evaluateTwice(source, evaluate);
  checkInput(source, input);
  return { name, input, release: readRelease(name, release), source };
}

const moduleFile = 'environment.ts';

/** It becomes part of the Application's name and one of its labels. */
function checkName(name: string): void {
  if (/^[a-z0-9]([a-z0-9-]{0,52}[a-z0-9])?$/.test(name)) return;
  const allowed = 'a directory named with small letters, digits and inner dashes, at most 54';
  throw new ValuesError('malformed', { path: `environments/${name}`, value: name, allowed });
}

function checkImports(source: SourceText): void {
  const found = forbiddenImport(source);
  if (found === undefined) return;
  throw new ValuesError('forbidden-import', {
    path: moduleFile,
    value: found.module,
    allowed: allowedImport,
    file: source.file,
    line: found.line,
  });
}

async function evaluateTwice(source: SourceText, evaluate: () => Promise<unknown>): Promise<EnvironmentInput> {
  const first = await evaluateOnce(source, evaluate);
  const second = await evaluateOnce(source, evaluate);
  const difference = firstDifference(dataOf(first), dataOf(second));
  if (difference === undefined) return first;
  const facts = {
    path: moduleFile,
    value: formatPath(difference),
    file: source.file,
    line: typescriptLines(source)(difference),
  };
  throw new ValuesError('environment-unstable', facts);
}

async function evaluateOnce(source: SourceText, evaluate: () => Promise<unknown>): Promise<EnvironmentInput> {
  const input = await evaluate().catch((cause: unknown) => rethrow(source, cause));
  if (isDefinedEnvironment(input)) return input;
  throw new ValuesError('environment-undefined', {
    path: moduleFile,
    allowed: 'export default defineEnvironment({ … })',
    file: source.file,
  });
}

function rethrow({ file }: SourceText, cause: unknown): never {
  const { message, stack = '' } = cause instanceof Error ? cause : new Error(String(cause));
  const line = /^(?:\?[^:\n]*)?:(\d+)/.exec(stack.split(file)[1] ?? '')?.[1];
  throw new ValuesError(
    'environment-throws',
    { path: moduleFile, value: message, file, line: line === undefined ? line : Number(line) },
    { cause },
  );
}

function checkInput(source: SourceText, input: EnvironmentInput): void {
  const mistakes = schemaProblems(validateInput, input, 'input').map(({ rule, path, ...facts }) => {
    return new ValuesError(rule, {
      ...facts,
      path: formatPath(path),
      file: source.file,
      line: typescriptLines(source)(path),
    });
  });
  throwMistakes(mistakes, source.file);
}

function readRelease(name: string, release: SourceText | undefined): Release {
  if (release === undefined) throw new ValuesError('missing-release', { path: `environments/${name}/release.yaml` });
  return parseRelease(release.text, release.file);
}

function dataOf(input: EnvironmentInput): Value {
  return input as unknown as Value; // an environment.ts holds nothing but data
}

/** The first path at which two values are not the same; undefined when they are. */
function firstDifference(one: Value, other: Value, path: ValuePath = []): ValuePath | undefined {
  if (JSON.stringify(one) === JSON.stringify(other)) return undefined;
  const differences = childrenOf(one).map(([key, value]) =>
    firstDifference(value, valueAt(other, [key]) ?? null, [...path, key]),
  );
  return differences.find((difference) => difference !== undefined) ?? path;
}
