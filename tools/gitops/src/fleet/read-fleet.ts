import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFleet, type Environment, loadEnvironment, promotionOrder, type SourceText } from '@task-api/values';
import { GitopsError } from '../gitops-error.ts';
import { chartRevisionOf } from './chart-revision.ts';
import type { Evaluations } from './evaluation.ts';
import type { Fleet } from './fleet.ts';
import { readChartsAt, readWorkingTreeChart, workingTree } from './read-chart.ts';
import { replay } from './replay-evaluations.ts';
import { readRepository } from './repository.ts';

/** @throws AggregateError with every mistake in the environments */
export async function readFleet(
  root: string,
  names: readonly string[],
  evaluating: Promise<Evaluations>,
): Promise<Fleet> {
  readAhead(root);
  const evaluations = await evaluating;
  const environments = promotionOrder(
    await allOrEveryMistake(names.map((name) => readEnvironment(root, name, evaluations))),
  );
  const fleet = {
    environments,
    repository: readRepository(root),
    ...(await readCharts(root, environments)),
  };
  throwMistakes(checkFleet(environments, { ...fleet, defaultBranch: fleet.repository.defaultBranch }));
  return fleet;
}

async function readEnvironment(root: string, name: string, evaluations: Evaluations): Promise<Environment> {
  const source = readSource(root, `environments/${name}/environment.ts`);
  const release = `environments/${name}/release.yaml`;
  const evaluate = replay(name, evaluations.get(name) ?? []);
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
function readAhead(root: string): void {
  try {
    readWorkingTreeChart(root);
  } catch {
    // readCharts throws it again if an environment deploys that chart.
  }
}

async function readCharts(root: string, environments: readonly Environment[]) {
  const revisions = environments.map(chartRevisionOf);
  const charts = new Map(
    await readChartsAt(
      root,
      revisions.filter((revision) => revision !== workingTree),
    ),
  );
  if (revisions.includes(workingTree)) charts.set(workingTree, readWorkingTreeChart(root));
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
