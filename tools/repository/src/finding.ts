import type { RepositoryFiles } from './repository-files.ts';

/** Something that is not as the repository wants it. The message says what to do. */
export interface Finding {
  readonly file: string;
  readonly line?: number;
  readonly message: string;
}

/** A rule of the repository as a program. */
export interface Check {
  /** The word by which the command line names it. */
  readonly name: string;
  /** One sentence for `--help`. */
  readonly description: string;
  readonly run: (repository: RepositoryFiles) => Promise<CheckResult> | CheckResult;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  /** Figures to print even when nothing was found. */
  readonly report?: readonly string[];
}

/** `libs/values/src/tiers.ts:12 message` */
export function describeFinding({ file, line, message }: Finding): string {
  return `${line === undefined ? file : `${file}:${line}`} ${message}`;
}
