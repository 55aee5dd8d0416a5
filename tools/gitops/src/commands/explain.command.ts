import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Environment,
  environmentValues,
  explainValue,
  type Layer,
  layersOf,
  type ProvenanceStep,
} from '@task-api/values';
import type { CommandIo } from '../command-io.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { loadFleet } from '../fleet/load-fleet.ts';
import { nearest } from '../fleet/nearest.ts';
import { selectOne } from '../fleet/select-environments.ts';
import { overlaidPaths, pathsOf } from '../fleet/value-paths.ts';
import { GitopsError } from '../gitops-error.ts';
import type { Report } from '../report/report.ts';

export interface ExplainRequest {
  readonly environment: string;
  /** Dotted path of a value; every value of the overlay when there is none. */
  readonly path: string | undefined;
}

const tiersFile = 'libs/values/src/tiers.ts';

/** `gitops explain <environment> <path>`: which layer set a value, with file and line. */
export async function explain(request: ExplainRequest, io: CommandIo): Promise<ExitCode> {
  const fleet = await loadFleet(io.root);
  const environment = selectOne(fleet, request.environment);
  const layers = layersOf(environment, fleet.chartOf(environment), readTiers(io.root));
  io.report(
    request.path === undefined
      ? explainAll(environment, layers)
      : explainOne(environment, layers, { fleet, path: request.path }),
  );
  return exitCodes.ok;
}

function explainOne(
  environment: Environment,
  layers: readonly Layer[],
  { fleet, path }: { readonly fleet: Fleet; readonly path: string },
): Report {
  const steps = explainValue(layers, path);
  if (steps.length === 0)
    throw unknownPath(environment, path, pathsOf(environmentValues(environment, fleet.chartOf(environment))));
  return {
    data: { environment: environment.name, path, value: steps.at(-1)?.value, steps },
    blocks: [
      { kind: 'text', text: `${path} of ${environment.name}, weakest layer first; the last that sets it wins` },
      {
        kind: 'table',
        columns: ['layer', 'value', 'set in'],
        rows: layers.map((layer) => rowOf(layer, steps)),
      },
    ],
  };
}

/** A layer that says nothing is listed too: it is where the value could be set. */
function rowOf({ name, source }: Layer, steps: readonly ProvenanceStep[]): readonly string[] {
  const step = steps.find(({ layer }) => layer === name);
  return step === undefined ? [name, '–', `not in ${source.file}`] : [name, show(step.value), placeOf(step)];
}

function explainAll(environment: Environment, layers: readonly Layer[]): Report {
  const values = overlaidPaths(layers).flatMap((path) => {
    const winner = explainValue(layers, path).at(-1);
    return winner === undefined ? [] : [{ path, ...winner }];
  });
  return {
    data: { environment: environment.name, values },
    blocks: [
      {
        kind: 'table',
        columns: ['value', 'is', 'layer', 'set in'],
        rows: values.map((value) => [value.path, show(value.value), value.layer, placeOf(value)]),
      },
    ],
  };
}

function unknownPath({ name }: Environment, path: string, known: readonly string[]): GitopsError {
  return new GitopsError('unknown-path', { value: path, environment: name, hint: nearest(path, known) });
}

function readTiers(root: string): string | undefined {
  const file = join(root, tiersFile);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function placeOf({ file, line }: Pick<ProvenanceStep, 'file' | 'line'>): string {
  return line === undefined ? file : `${file}:${line}`;
}

function show(value: ProvenanceStep['value']): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
