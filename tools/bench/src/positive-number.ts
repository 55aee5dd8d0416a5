import { InvalidArgumentError } from 'commander';

/** The value of an option that is a number above 0. */
export function positiveNumber(given: string): number {
  const value = Number(given);
  if (value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
}
