import type { EnvironmentInput } from './define-environment.ts';
import type { Release } from './release.ts';
import type { SourceText } from './source-text.ts';

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
 * twice, and release.yaml has to be well-formed.
 *
 * @throws ValuesError with file and, where it is known, line
 */
export async function loadEnvironment(_files: EnvironmentFiles): Promise<Environment> {
  throw new Error('not yet');
}
