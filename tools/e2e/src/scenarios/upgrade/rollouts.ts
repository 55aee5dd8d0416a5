import { editChart } from '../../world/edit-chart.ts';
import type { ReleaseOptions } from '../../world/helm-client.ts';
import { quickValues } from '../../world/quick-values.ts';
import type { World } from '../../world/world.ts';
import { builds } from './builds.ts';

export const rolloutKinds = ['config', 'image', 'chart'] as const;

export type RolloutKind = (typeof rolloutKinds)[number];

/** An upgrade that replaces every pod of the agent, and why it does. */
export interface Rollout {
  readonly kind: RolloutKind;
  /** Counted from 1, within its kind. */
  readonly round: number;
}

/** One of each kind after the other, for so many rounds. */
export function listRollouts(rounds: number): readonly Rollout[] {
  return Array.from({ length: rounds }, (_, index) => rolloutKinds.map((kind) => ({ kind, round: index + 1 }))).flat();
}

/** How far each kind has come. */
type Progress = Readonly<Record<RolloutKind, number>>;

/** Which round of each kind is live after a rollout: it changes its own kind and keeps the others. */
export function progressAfter({ kind, round }: Rollout): Progress {
  const order = rolloutKinds.indexOf(kind);
  const [config = 0, image = 0, chart = 0] = rolloutKinds.map((_, index) => (index <= order ? round : round - 1));
  return { config, image, chart };
}

/** What Helm is given for a rollout. */
export async function upgradeTo(rollout: Rollout, world: World): Promise<ReleaseOptions> {
  const { config, image, chart } = progressAfter(rollout);
  const tag = builds[image - 1]?.tag;
  const changed = { config: { cache: { ttlSeconds: 600 + config } }, image: tag === undefined ? {} : { tag } };
  return {
    values: [quickValues, changed],
    chart: chart === 0 ? world.chart.directory : await chartOf(chart, world),
  };
}

/** A later version of the chart, which gives pods another annotation and a longer grace period. */
function chartOf(round: number, world: World): Promise<string> {
  return editChart(world, `chart-${round}`, [
    { file: 'Chart.yaml', find: /^version: .*$/m, replace: `version: 0.1.${100 + round}` },
    {
      file: 'values.yaml',
      find: /^terminationGracePeriodSeconds: .*$/m,
      replace: `terminationGracePeriodSeconds: ${60 + round}`,
    },
    {
      file: 'templates/deployment.yaml',
      find: '        checksum/config:',
      replace: `        task-api/edition: "${round}"\n        checksum/config:`,
    },
  ]);
}
