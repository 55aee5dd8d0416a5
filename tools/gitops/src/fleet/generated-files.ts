import {
  buildApplication,
  buildOverlay,
  buildProject,
  buildRootApplication,
  buildTierValues,
  type Environment,
  type GeneratedFile,
  tiers,
} from '@task-api/values';
import { buildContractFile } from './contract-file.ts';
import type { Fleet } from './fleet.ts';
import { buildValueTypesFiles } from './value-types-files.ts';

type TierName = keyof typeof tiers;

/** The two files that belong to one environment. */
export function environmentFiles(environment: Environment, fleet: Fleet): readonly GeneratedFile[] {
  const chart = fleet.chartOf(environment);
  return [buildOverlay(environment, chart), buildApplication(environment, chart, fleet.repository)];
}

/** The files that all environments share. */
export async function sharedFiles(
  { environments, repository }: Fleet,
  root: string,
): Promise<readonly GeneratedFile[]> {
  const tierNames = Object.keys(tiers) as readonly TierName[]; // the keys of a constant
  return [
    buildRootApplication(repository),
    buildProject(environments, repository),
    ...tierNames.map(buildTierValues),
    buildContractFile(),
    ...(await buildValueTypesFiles(root)),
  ];
}
