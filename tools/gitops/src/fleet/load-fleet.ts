import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ChartDefaults,
  checkFleet,
  type Environment,
  loadEnvironment,
  type Repository,
  type SourceText,
} from '@task-api/values';
import { GitopsError } from '../gitops-error.ts';
import { type Evaluate, evaluateEnvironments } from './evaluate-environments.ts';
import {
  type ChartRevision,
  type ParseChart,
  parseEachOnce,
  readChartsAt,
  readWorkingTreeChart,
  workingTree,
} from './read-chart.ts';
import { readRepository } from './repository.ts';

/** Every environment of the checkout, read and checked, with the chart that each of them deploys. */
export interface Fleet {
  readonly environments: readonly Environment[];
  readonly repository: Repository;
  readonly chartOf: (environment: Environment) => ChartDefaults;
}

/**
 * Reads `environments/*` and checks it, one environment by itself and all against each other.
 *
 * @throws AggregateError with every mistake, or GitopsError when there is nothing to check
 */
export async function loadFleet(root: string): Promise<Fleet> {
  const names = environmentNames(root);
  if (names.length === 0) throw new GitopsError('no-environments');
  const evaluating = evaluateEnvironments(names.map((name) => ({ name, path: join(root, environmentFile(name)) })));
  const parseChart = readAhead(root);
  const evaluations = await evaluating;
  const environments = await allOrEveryMistake(names.map((name) => readEnvironment(root, name, evaluations)));
  const fleet = {
    environments,
    repository: await readRepository(root),
    ...(await readCharts(root, environments, parseChart)),
  };
  throwMistakes(checkFleet(environments, { ...fleet, defaultBranch: fleet.repository.defaultBranch }));
  return fleet;
}

/** The commit whose chart an environment deploys, or the working tree when its chart floats. */
export function chartRevisionOf({ input, release }: Environment): ChartRevision {
  return input.chart === 'pinned' ? release.chart.revision : workingTree;
}

/** Adding a directory with an environment.ts is all the registration there is. */
export function environmentNames(root: string): readonly string[] {
  const folder = join(root, 'environments');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(root, environmentFile(name))))
    .sort();
}

function environmentFile(name: string): string {
  return `environments/${name}/environment.ts`;
}

async function readEnvironment(
  root: string,
  name: string,
  evaluations: ReadonlyMap<string, Evaluate>,
): Promise<Environment> {
  const source = readSource(root, environmentFile(name));
  const release = `environments/${name}/release.yaml`;
  const evaluate = evaluations.get(name) ?? (() => Promise.reject(new Error(`${name} was not evaluated`)));
  const files = {
    name,
    source,
    release: existsSync(join(root, release)) ? readSource(root, release) : undefined,
    evaluate,
  };
  return loadEnvironment(files).catch(unwrapOwnError);
}

/** What this package found out while it evaluated says more than that the evaluation threw. */
function unwrapOwnError(error: Error): never {
  throw error.cause instanceof GitopsError ? error.cause : error;
}

function readSource(root: string, file: string): SourceText {
  return { file, text: readFileSync(join(root, file), 'utf8') };
}

/** Parses the chart that most environments deploy while another thread evaluates them; a mistake in it shows when it is needed. */
function readAhead(root: string): ParseChart {
  const parse = parseEachOnce();
  try {
    readWorkingTreeChart(root, parse);
  } catch {
    // readCharts throws it again if an environment deploys that chart.
  }
  return parse;
}

async function readCharts(root: string, environments: readonly Environment[], parse: ParseChart) {
  const revisions = environments.map(chartRevisionOf);
  const charts = new Map(
    await readChartsAt(
      root,
      revisions.filter((revision) => revision !== workingTree),
      parse,
    ),
  );
  if (revisions.includes(workingTree)) charts.set(workingTree, readWorkingTreeChart(root, parse));
  return {
    hasRevision: (revision: string) => charts.has(revision),
    chartOf: (environment: Environment) => charts.get(chartRevisionOf(environment)) ?? missingRevision(environment),
  };
}

function missingRevision({ name, release }: Environment): never {
  throw new GitopsError('revision-missing', {
    environment: name,
    value: release.chart.revision,
    file: release.source.file,
  });
}

async function allOrEveryMistake<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  const outcomes = await Promise.allSettled(promises);
  throwMistakes(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : [])));
  return Promise.all(promises);
}

function throwMistakes(mistakes: readonly unknown[]): void {
  if (mistakes.length === 1) throw mistakes[0];
  if (mistakes.length > 1) throw new AggregateError(mistakes, messageOf(mistakes));
}

function messageOf(mistakes: readonly unknown[]): string {
  const messages = mistakes.map((mistake) => (mistake instanceof Error ? mistake.message : String(mistake)));
  return [`${mistakes.length} mistakes in the environments`, ...messages].join('\n');
}
