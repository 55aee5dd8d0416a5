import type { HelmMajor } from '@task-api/helm';
import type { AgentVariant } from '@task-api/images';
import type { Need } from './cluster/need.ts';
import type { World } from './world/world.ts';

/** Drained, a node loses the pods that are meant to move. Without power it loses those of everybody. */
export type WayToStop = 'drained' | 'unpowered';

/** One promise and the way it is proved. A file `scenarios/<name>.scenario.ts` is its registration. */
export interface Scenario {
  /** The name of its file. */
  readonly name: string;
  /** A sentence: what is true when it passes. */
  readonly title: string;
  /** Whose promise it is. That of our own cluster cannot fail by a mistake in the chart. @default 'chart' */
  readonly subject?: 'chart' | 'cluster';
  /** The majors of Helm that it is run with, one after the other. */
  readonly helm: readonly HelmMajor[];
  /** A cluster that lacks one of these skips the scenario. */
  readonly needs?: readonly Need[];
  /** Begins after the others, since it stops nodes: in `world.alone`, while nothing else runs. */
  readonly stopsNodes?: WayToStop;
  /** Of two scenarios the one with more time begins first, so that no long one is left at the end. @default ten minutes */
  readonly deadlineMs?: number;
  /** Builds of the agent's image that it installs; all of them are in the cluster before the first scenario. */
  readonly images?: readonly AgentVariant[];
  readonly run: (world: World) => Promise<void>;
}
