import { checkEqual } from '../check.ts';
import type { Scenario } from '../scenario.ts';
import type { World } from '../world/world.ts';
import { chartReadme, chartSituations, elsewhere } from './runbooks/chart-situations.ts';
import { openHandbook } from './runbooks/handbook.ts';
import { handbookValues } from './runbooks/handbook-values.ts';
import { readCommandBlocks } from './runbooks/read-command-blocks.ts';
import { uncoveredBlocks } from './runbooks/uncovered-blocks.ts';
import { withGrowingVolumes } from './runbooks/with-growing-volumes.ts';
import { workThrough } from './runbooks/work-through.ts';

export const chartReadmeScenario: Scenario = {
  name: 'chart-readme',
  title: 'Every command of the chart’s README works, from the first install to the last uninstall',
  helm: [4],
  deadlineMs: 900_000,
  run: (world) => withGrowingVolumes(world, (storageClass) => goThrough(world, storageClass)),
};

async function goThrough(world: World, storageClass: string): Promise<void> {
  const myValues = smallProduction(storageClass);
  const situations = chartSituations(myValues);
  const blocks = await readCommandBlocks([chartReadme]);
  const covered = { uncovered: [], unknown: [] };
  checkEqual(uncoveredBlocks(blocks, situations, elsewhere), covered, 'command blocks without a situation');
  const handbook = await openHandbook(world, myValues);
  try {
    await workThrough(situations, { world, handbook, blocks });
  } finally {
    await handbook.close();
  }
}

/** What makes `values-prod.yaml` fit on a small machine, with one database as in the text. */
function smallProduction(storageClass: string): object {
  const small = handbookValues(storageClass);
  return {
    ...small,
    config: { ...small.config, logLevel: 'info' },
    replicaCount: 2,
    autoscaling: { enabled: false },
    postgresql: {
      ...small.postgresql,
      architecture: 'standalone',
      readReplicas: { replicaCount: 1, resources: small.postgresql.primary.resources, persistence: { size: '1Gi' } },
    },
  };
}
