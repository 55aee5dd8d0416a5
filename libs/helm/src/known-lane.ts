import { join } from 'node:path';
import { readChartMetadata } from './chart-metadata.ts';
import { forgetUnreachable, type RememberedLane, rememberedLane, requestedLane } from './choose-lane.ts';

export interface KnownLaneRequest {
  /** The checkout. It is only read. */
  readonly root: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** The lane of the working tree's chart as far as it is known without asking the network; nothing when only that can tell. */
export async function knownLane({ root, env = process.env }: KnownLaneRequest): Promise<RememberedLane | undefined> {
  const wanted = requestedLane(undefined, env);
  if (wanted === 'mirror') return { lane: 'mirror', reason: 'asked for' };
  if (env.TASK_API_UPSTREAM_CHARTS) return { lane: 'upstream', reason: 'packaged charts in TASK_API_UPSTREAM_CHARTS' };
  const remembered = await rememberedLane({ dependencies: await dependenciesOf(root), env });
  return wanted === 'upstream' && remembered?.lane === 'mirror' ? undefined : remembered;
}

/** Makes the lane `auto` ask the network again, should it have been unreachable before. */
export async function forgetLane({ root, env = process.env }: KnownLaneRequest): Promise<void> {
  await forgetUnreachable({ dependencies: await dependenciesOf(root), env });
}

async function dependenciesOf(root: string) {
  return (await readChartMetadata(join(root, 'charts/task-api'))).dependencies;
}
