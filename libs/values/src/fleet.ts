import type { ChartDefaults } from './chart-defaults.ts';
import type { Environment } from './environment.ts';
import { type FleetContext, fleetProblems, valueProblems } from './invariants.ts';
import { layersOf } from './layers.ts';
import { locate } from './locate.ts';
import { environmentValues } from './overlay.ts';
import type { Problem } from './problem.ts';
import { formatPath } from './value-path.ts';
import type { ValuesError } from './values-error.ts';

/** What the environments' input cannot say by itself. */
export interface FleetFacts {
  /** The chart at the revision that an environment deploys; not asked for when git does not have that. */
  readonly chartOf: (environment: Environment) => ChartDefaults;
  /** Whether git has a commit. */
  readonly hasRevision: (revision: string) => boolean;
  readonly defaultBranch: string;
}

/** Every mistake of every environment, in the order of the environments; none is thrown. */
export function checkFleet(environments: readonly Environment[], facts: FleetFacts): readonly ValuesError[] {
  const context = { environments, ...facts };
  return environments.flatMap((environment) => checkEnvironment(environment, context));
}

function checkEnvironment(environment: Environment, context: FleetContext & FleetFacts): readonly ValuesError[] {
  const problems = fleetProblems(environment, context);
  const isChartKnown = !problems.some(({ path: [first], scope }) => scope === 'release' && first === 'chart');
  if (!isChartKnown) return problems.map((problem) => locate(problem, environment, []));
  const chart = context.chartOf(environment);
  const all = [...problems, ...chartProblems(environment, chart)];
  const layers = all.length === 0 ? [] : layersOf(environment, chart);
  return withoutRepeats(all).map((problem) => locate(problem, environment, layers));
}

/** Its own layer is checked too: a misspelt key that it sets to `null` does not show in the merged values. */
function chartProblems(environment: Environment, chart: ChartDefaults): readonly Problem[] {
  const own = layersOf(environment, chart).filter(({ name }) => name === 'environment' || name === 'tier');
  const merged = environmentValues(environment, chart);
  return [
    ...valueProblems(merged),
    ...own.flatMap(({ values }) => chart.checkLayer(values)),
    ...chart.checkMerged(merged),
  ];
}

/** One mistake a path: what is said first says it best. */
function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  const keyOf = ({ scope, path }: Problem) => `${scope} ${formatPath(path)}`;
  return [...new Map(problems.toReversed().map((problem) => [keyOf(problem), problem])).values()].toReversed();
}
