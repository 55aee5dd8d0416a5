import type { CommandBlock } from './read-command-blocks.ts';
import type { Situation } from './situation.ts';

/** What the documents and the situations do not have in common. */
export interface Coverage {
  /** Blocks that no situation executes. */
  readonly uncovered: readonly string[];
  /** Ids that situations name and no document has. */
  readonly unknown: readonly string[];
}

/** Compares documents and situations; `elsewhere` are blocks that are run by others, with the reason as value. */
export function uncoveredBlocks(
  blocks: readonly CommandBlock[],
  situations: readonly Pick<Situation, 'blocks'>[],
  elsewhere: Readonly<Record<string, string>> = {},
): Coverage {
  const documented = blocks.map(({ id }) => id);
  const covered = [...situations.flatMap((situation) => situation.blocks), ...Object.keys(elsewhere)];
  return {
    uncovered: documented.filter((id) => !covered.includes(id)),
    unknown: covered.filter((id) => !documented.includes(id)),
  };
}
