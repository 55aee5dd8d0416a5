import type { ChartDefaults } from './chart-defaults.ts';
import type { Environment } from './environment.ts';

type Computation<Result> = (environment: Environment, chart: ChartDefaults) => Result;

/** Remembers the result for as long as the environment is in use; checks, overlay and Application ask for the same. */
export function oncePerEnvironment<Result>(compute: Computation<Result>): Computation<Result> {
  const results = new WeakMap<Environment, { readonly chart: ChartDefaults; readonly result: Result }>();
  return (environment, chart) => {
    const known = results.get(environment);
    if (known?.chart === chart) return known.result;
    const result = compute(environment, chart);
    results.set(environment, { chart, result });
    return result;
  };
}
