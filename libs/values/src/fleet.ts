import type { ChartDefaults } from './chart-defaults.ts';
import type { Environment } from './environment.ts';
import { type FleetContext, fleetProblems, valueProblems } from './invariants.ts';
import { filesOf, layersOf } from './layers.ts';
import { leavesOf } from './leaves.ts';
import { locate } from './locate.ts';
import { isMap, type Value, type Values } from './merge-values.ts';
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
  const origins = new Map(environments.map(({ name, input }) => [name, input.promotesFrom]));
  const context = { environments, origins, ...facts };
  return environments.flatMap((environment) => checkEnvironment(environment, context));
}

function checkEnvironment(environment: Environment, context: FleetContext & FleetFacts): readonly ValuesError[] {
  const problems = fleetProblems(environment, context);
  const isChartKnown = !problems.some(({ path: [first], scope }) => scope === 'release' && first === 'chart');
  const chart = isChartKnown ? context.chartOf(environment) : undefined;
  const all = chart === undefined ? problems : [...problems, ...chartProblems(environment, chart)];
  if (all.length === 0) return [];
  const layers = chart === undefined ? filesOf(environment) : layersOf(environment, chart);
  return withoutRepeats(all).map((problem) => locate(problem, environment, layers));
}

function chartProblems(environment: Environment, chart: ChartDefaults): readonly Problem[] {
  const merged = environmentValues(environment, chart);
  const files = filesOf(environment).filter(({ values }) => hidesKeys(values));
  return [
    ...valueProblems(merged),
    ...files.flatMap(({ values }) => chart.checks.ofLayer(values)),
    ...chart.checks.ofMerged(withoutDeletions(merged, chart)),
  ];
}

/** In a dependency's table `null` waits for a default of the dependency to delete. */
function withoutDeletions(values: Values, { dependencies }: ChartDefaults): Values {
  const tables = Object.keys(dependencies).map((name) => [name, withoutNull(values[name] ?? {})] as const);
  return { ...values, ...Object.fromEntries(tables) };
}

function withoutNull(value: Value): Value {
  if (!isMap(value)) return value;
  const kept = Object.entries(value).filter(([, child]) => child !== null);
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutNull(child)]));
}

/** A misspelt key that a layer sets to `null` does not show in the merged values; all else does. */
function hidesKeys(values: Values): boolean {
  return leavesOf(values).some(({ value }) => value === null);
}

/** One mistake a path: what is said first says it best. */
function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  const keyOf = ({ scope, path }: Problem) => `${scope} ${formatPath(path)}`;
  return [...new Map(problems.toReversed().map((problem) => [keyOf(problem), problem])).values()].toReversed();
}
