import type { HelmMajor } from '@task-api/helm';
import { E2eError } from '../e2e-error.ts';
import type { Scenario } from '../scenario.ts';

export interface Selection {
  /** Names of scenarios. @default all */
  readonly only?: readonly string[];
  /** @default all that a scenario names */
  readonly helm?: HelmMajor;
}

/** One scenario with one major of Helm. */
export interface Selected {
  readonly scenario: Scenario;
  readonly helm: HelmMajor;
}

/** What is to be run, newest Helm first: it is the one that most people have. */
export function selectScenarios(scenarios: readonly Scenario[], { only = [], helm }: Selection): readonly Selected[] {
  for (const name of only) refuseUnknown(name, scenarios);
  const wanted = scenarios.filter(({ name }) => only.length === 0 || only.includes(name));
  const selected = wanted
    .flatMap((scenario) => scenario.helm.map((major) => ({ scenario, helm: major })))
    .filter((candidate) => helm === undefined || candidate.helm === helm)
    .sort((a, b) => b.helm - a.helm);
  if (selected.length === 0) throw new E2eError('nothing-selected', {});
  return selected;
}

function refuseUnknown(name: string, scenarios: readonly Scenario[]): void {
  const names = scenarios.map((scenario) => scenario.name);
  if (!names.includes(name)) throw new E2eError('scenario-unknown', { value: name, allowed: names.join(', ') });
}
