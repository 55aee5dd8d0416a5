import type { ValuesError } from './values-error.ts';

/** @throws ValuesError when there is one mistake, AggregateError of them when there are more */
export function throwMistakes(mistakes: readonly ValuesError[], file: string): void {
  if (mistakes.length === 1) throw mistakes[0];
  if (mistakes.length > 1) throw new AggregateError(mistakes, `${mistakes.length} mistakes in ${file}`);
}
