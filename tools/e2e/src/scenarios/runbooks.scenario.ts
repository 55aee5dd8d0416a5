import { checkEqual, checkSucceeded } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import type { World } from '../world/world.ts';
import { openHandbook } from './runbooks/handbook.ts';
import { handbookValues } from './runbooks/handbook-values.ts';
import { readCommandBlocks } from './runbooks/read-command-blocks.ts';
import { runbookPaths } from './runbooks/runbook-paths.ts';
import { runbookSituations } from './runbooks/runbook-situations.ts';
import { laterBuild } from './runbooks/situations/migration-situations.ts';
import { uncoveredBlocks } from './runbooks/uncovered-blocks.ts';
import { withGrowingVolumes } from './runbooks/with-growing-volumes.ts';
import { workThrough } from './runbooks/work-through.ts';

export const runbooks: Scenario = {
  name: 'runbooks',
  title: 'Every command of every runbook works in the situation that it is for',
  helm: [4],
  needs: ['metrics'],
  images: [laterBuild],
  deadlineMs: 900_000,
  run: (world) => withGrowingVolumes(world, (storageClass) => goThrough(world, storageClass)),
};

async function goThrough(world: World, storageClass: string): Promise<void> {
  const blocks = await readCommandBlocks(runbookPaths);
  const covered = { uncovered: [], unknown: [] };
  checkEqual(uncoveredBlocks(blocks, runbookSituations), covered, 'command blocks without a situation');
  const values = handbookValues(storageClass);
  checkSucceeded(await world.step('install', () => world.helm.install({ values: [values] })));
  const handbook = await openHandbook(world, values);
  try {
    await workThrough(runbookSituations, { world, handbook, blocks });
  } finally {
    await handbook.close();
  }
}
