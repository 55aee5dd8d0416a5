import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits } from '../mutations/apply-edits.ts';
import type { MutationEdit } from '../mutations/mutation.ts';
import type { World } from './world.ts';

/** Another version of the chart: a copy of the one under test with texts replaced. Returns its directory. */
export async function editChart(
  { chart, scratch }: Pick<World, 'chart' | 'scratch'>,
  name: string,
  edits: readonly MutationEdit[],
): Promise<string> {
  const directory = join(scratch, name, 'task-api');
  await cp(chart.directory, directory, { recursive: true });
  await applyEdits(directory, { name, edits });
  return directory;
}
