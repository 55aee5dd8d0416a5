import type { World } from '../../world/world.ts';
import type { BlockOptions, BlockResult } from './handbook.ts';

/** Runs a command block by its id. */
export type Execute = (id: string, options?: BlockOptions) => Promise<BlockResult>;

/** What has gone wrong, or what somebody wants to do, and the command blocks that are for it. */
export interface Situation {
  readonly title: string;
  /** Ids of the blocks; each has to be executed. */
  readonly blocks: readonly string[];
  /** Brings the situation about, executes the blocks, and checks what they show and mend. */
  readonly run: (world: World, execute: Execute) => Promise<void>;
}
