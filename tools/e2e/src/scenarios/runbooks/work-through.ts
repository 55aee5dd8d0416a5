import { checkEqual } from '../../check.ts';
import type { World } from '../../world/world.ts';
import type { Handbook } from './handbook.ts';
import type { CommandBlock } from './read-command-blocks.ts';
import type { Situation } from './situation.ts';

export interface Work {
  readonly world: World;
  readonly handbook: Handbook;
  readonly blocks: readonly CommandBlock[];
}

/** Goes from situation to situation; each executes the blocks that it says it does. */
export async function workThrough(situations: readonly Situation[], work: Work): Promise<void> {
  for (const situation of situations) await work.world.step(situation.title, () => workOn(situation, work));
  work.world.note('command blocks executed', situations.flatMap(({ blocks }) => blocks).length);
}

async function workOn({ title, blocks: ids, run }: Situation, { world, handbook, blocks }: Work): Promise<void> {
  const executed: string[] = [];
  await run(world, (id, options) => {
    executed.push(id);
    const block = blocks.find((candidate) => candidate.id === id);
    checkEqual(block?.id, id, `a command block of the situation "${title}"`);
    return handbook.execute(block ?? { id, text: '' }, options);
  });
  checkEqual([...new Set(executed)].sort(), [...ids].sort(), `the blocks executed in the situation "${title}"`);
}
