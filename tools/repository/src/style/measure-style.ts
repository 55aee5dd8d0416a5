import type { RepositoryFiles } from '../repository-files.ts';
import { isGenerated, isSource, isTest } from '../source-kind.ts';
import { countLines, type MeasuredFunction, measureSource, type SourceMeasures } from './measure-source.ts';

/** The figures of the style guide over a whole checkout; tests and generated files are left out. */
export interface StyleFigures {
  readonly sources: readonly SourceMeasures[];
  readonly functions: readonly MeasuredFunction[];
  readonly testLines: number;
  readonly rootFiles: readonly string[];
  readonly vagueNames: readonly string[];
}

const vagueName = /(^|\/)(utils?|helpers?|common|misc|shared)\.[^/]*$/;

/** Measures the style of a checkout. */
export function measureStyle({ paths, read }: RepositoryFiles): StyleFigures {
  const code = paths.filter(isSource);
  const tests = code.filter(isTest);
  const sources = code
    .filter((path) => !isTest(path) && !isGenerated(path, read(path)))
    .map((path) => measureSource(path, read(path)));
  return {
    sources,
    functions: sources.flatMap(({ functions }) => functions),
    testLines: tests.reduce((sum, path) => sum + countLines(read(path)), 0),
    rootFiles: paths.filter((path) => !path.includes('/')),
    vagueNames: code.filter((path) => vagueName.test(path)),
  };
}

/** How many functions in a hundred have at most so many lines. */
export function shareUpTo(lines: number, functions: readonly MeasuredFunction[]): number {
  if (functions.length === 0) return 100;
  return Math.round((100 * functions.filter((candidate) => candidate.lines <= lines).length) / functions.length);
}
